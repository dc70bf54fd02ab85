package org.wallwhale.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import org.wallwhale.engine.EngineConfig;
import org.wallwhale.engine.ToolCheck;
import org.wallwhale.engine.ToolState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fetches a pinned DepotDownloader and puts it where the engine finds it; only bytes with the right SHA-256 are unpacked. */
@Command(name = "install", mixinStandardHelpOptions = true,
        description = {"Fetches DepotDownloader " + EngineRelease.VERSION + " from its project and verifies it.", "",
            "It is put below the data folder, where servers and commands find it without a setting, if its SHA-256 is the expected one.", "",
            "DepotDownloader is a program of its own, by other authors, under the GNU General Public License 2.0. It is no part of WallWhale "
                + "Server and does not come with it; you get it from its project, and its licence with it.", ""},
        footer = {"", "Examples:", "  wallwhale engine install",
            "  wallwhale engine install --from DepotDownloader-linux-x64.zip      on a machine without internet",
            "  wallwhale engine install --from newer.zip --sha256 4f…e1           a release that is not the pinned one"})
final class EngineInstall implements Callable<Integer> {
    private static final String SETTING = "wallwhale.engine.depotdownloader-path";
    private static final long MOST_BYTES = 512L << 20;
    private static final int BLOCK_BYTES = 64 * 1024;
    @Mixin
    private Terminal terminal = new Terminal();
    @Option(names = "--from", paramLabel = "ZIP", description = "Take this zip of a release instead of fetching one.")
    private Path from;
    @Option(names = "--sha256", paramLabel = "HEX", description = "What the zip must have; the pinned release's unless named.")
    private String sha256;
    @Option(names = "--to", paramLabel = "DIR", description = "Put it there instead; then the setting has to name it.")
    private Path to;
    private final Settings settings;
    private final String base;
    private final String os;
    private final String arch;
    private final Duration silence;

    EngineInstall() {
        this(LocalSettings.read(), EngineRelease.BASE, System.getProperty("os.name"), System.getProperty("os.arch"), Duration.ofSeconds(60));
    }

    /** {@code base} is the address of the release's assets; {@code os} and {@code arch} as Java names them; {@code silence} is waited out. */
    EngineInstall(Settings settings, String base, String os, String arch, Duration silence) {
        this.settings = settings;
        this.base = base;
        this.os = os;
        this.arch = arch;
        this.silence = silence;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (sha256 != null && !sha256.matches("[0-9A-Fa-f]{64}")) {
            throw new CommandFailure(CommandFailure.USAGE, "--sha256 takes the 64 hexadecimal digits of a SHA-256.");
        }
        Optional<EngineRelease> release = EngineRelease.of(os, arch);
        if (release.isEmpty() && (from == null || sha256 == null)) {
            throw new CommandFailure(CommandFailure.USAGE, "No release is pinned for " + os + " on " + arch + ": name a zip with --from and its "
                    + "digest with --sha256.");
        }
        String expected = Optional.ofNullable(sha256).map(text -> text.toLowerCase(Locale.ROOT)).orElseGet(() -> release.orElseThrow().sha256());
        Path tool = to == null ? EngineConfig.installed(new DataFolder(settings)) : to.toAbsolutePath().normalize()
                .resolve(EngineConfig.installed(new DataFolder(settings)).getFileName());
        Path zip = Files.createTempFile(made(tool.getParent()), ".fetched-", ".zip");
        zip.toFile().deleteOnExit();
        try {
            String actual = from == null ? fetch(URI.create(base + release.orElseThrow().asset()), zip) : copy(zip);
            if (!actual.equals(expected)) {
                throw new CommandFailure(CommandFailure.FAILED, "The zip is not the expected one, and nothing was installed: its SHA-256 is "
                        + actual + ", not " + expected + ". Get it anew from " + EngineRelease.BASE + ", or name the digest of another release "
                        + "with --sha256.");
            }
            unpack(zip, tool);
        } catch (IOException e) {
            throw notWritten(tool.getParent(), e);
        } finally {
            Files.deleteIfExists(zip);
        }
        return tell(tool, expected);
    }

    /** The data folder's own are nobody else's. */
    private Path made(Path folder) {
        try {
            Path root = new DataFolder(settings).root();
            return to != null ? Files.createDirectories(folder)
                    : new DataFolder(settings).folder(root.relativize(folder).toString().split(Pattern.quote(File.separator)));
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure(CommandFailure.SETTINGS, "The folder " + folder + " cannot be made: name another one with --to, or in "
                    + "WALLWHALE_DATA_DIR.");
        }
    }

    /** Returns the SHA-256. */
    private String fetch(URI address, Path zip) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).followRedirects(HttpClient.Redirect.NORMAL).build();
        terminal.note("Fetching " + address);
        try {
            HttpResponse<InputStream> answer = client.send(HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = new StallWatch(answer.body(), silence)) {
                if (answer.statusCode() != 200) {
                    throw new CommandFailure(CommandFailure.FAILED, address + " answered " + answer.statusCode() + ": try again later, or take the "
                            + "zip from elsewhere with --from.");
                }
                return copy(body, answer.headers().firstValueAsLong("Content-Length").orElse(-1), zip);
            }
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.NOT_REACHABLE, address + " cannot be reached, or broke off ("
                    + Objects.requireNonNullElse(e.getMessage(), "nothing answers there") + "): try again, or fetch it on another machine and name it with --from.");
        }
    }

    private String copy(Path zip) throws IOException {
        if (!Files.isRegularFile(from)) {
            throw new CommandFailure(CommandFailure.USAGE, "There is no file " + from + ": name the zip of a release of DepotDownloader.");
        }
        try (InputStream in = Files.newInputStream(from)) {
            return copy(in, Files.size(from), zip);
        }
    }

    /** {@code length} is -1 where it is not known. */
    private String copy(InputStream in, long length, Path zip) throws IOException {
        MessageDigest digest = sha256();
        ProgressBar bar = terminal.bar();
        byte[] block = new byte[BLOCK_BYTES];
        long done = 0;
        try (OutputStream out = Files.newOutputStream(zip)) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                write(out, block, count, zip);
                digest.update(block, 0, count);
                done += count;
                if (done > MOST_BYTES) {
                    throw new CommandFailure(CommandFailure.FAILED, "The zip has more than " + ProgressBar.bytes(MOST_BYTES) + ", as no release "
                            + "has: get it from " + EngineRelease.BASE + ".");
                }
                bar.show(from == null ? "fetching" : "reading", length <= 0 ? 0 : (int) (done * 100 / length), done, 0);
            }
        } finally {
            bar.clear();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A fault of the disk is none of the network's. */
    private static void write(OutputStream out, byte[] block, int count, Path zip) {
        try {
            out.write(block, 0, count);
        } catch (IOException e) {
            throw notWritten(zip.getParent(), e);
        }
    }

    private static CommandFailure notWritten(Path folder, IOException e) {
        return new CommandFailure(CommandFailure.FAILED, "It could not be put into " + folder + " (" + SystemReason.of(e) + "): make room there, or name "
                + "another folder with --to.");
    }

    /** The program and its licence alone; each appears by one rename, so that a run that is going on keeps its own. */
    private static void unpack(Path zip, Path tool) throws IOException {
        Set<String> wanted = Set.of(tool.getFileName().toString(), "LICENSE");
        Set<String> found = new HashSet<>();
        try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (wanted.contains(entry.getName()) && found.add(entry.getName())) {
                    Path fresh = Files.createTempFile(tool.getParent(), ".unpacked-", "");
                    fresh.toFile().deleteOnExit();
                    try {
                        Files.copy(entries, fresh, StandardCopyOption.REPLACE_EXISTING);
                        boolean program = !entry.getName().equals("LICENSE");
                        if (!fresh.toFile().setReadable(true, false) || !fresh.toFile().setExecutable(program, false)) {
                            throw new CommandFailure(CommandFailure.FAILED, "The run bit could not be set below " + tool.getParent()
                                    + ": name a folder on another disk with --to.");
                        }
                        Files.move(fresh, tool.resolveSibling(entry.getName()), StandardCopyOption.ATOMIC_MOVE,
                                StandardCopyOption.REPLACE_EXISTING);
                    } finally {
                        Files.deleteIfExists(fresh);
                    }
                }
            }
        }
        if (!found.contains(tool.getFileName().toString())) {
            throw new CommandFailure(CommandFailure.FAILED, "The zip holds no " + tool.getFileName() + ": name the zip of a release for this "
                    + "system (not the one called framework).");
        }
    }

    private int tell(Path tool, String digest) {
        ToolCheck check = new ToolCheck(new EngineConfig(new Settings(
                key -> key.equals(SETTING) ? Optional.of(tool.toString()) : settings.text(key))));
        check.look();
        boolean runs = check.state() == ToolState.READY;
        terminal.say("DepotDownloader " + check.version().orElse("") + " lies in " + tool + "; the SHA-256 of its zip is right (" + digest + ").");
        terminal.say("Its licence, the GNU General Public License 2.0, lies beside it: " + tool.resolveSibling("LICENSE"));
        Optional<Path> configured = settings.path(SETTING).filter(path -> !path.equals(tool));
        if (to != null || configured.isPresent()) {
            terminal.say("To use it, set WALLWHALE_ENGINE_DEPOTDOWNLOADER_PATH=" + tool + configured.map(path -> ", which names " + path
                    + " now").orElse("") + "; a running server then needs a new start.");
        } else {
            terminal.say("Commands find it there from now on, a running server after a new start.");
        }
        if (!runs) {
            terminal.note("It does not run here: it is " + check.state().name().toLowerCase(Locale.ROOT) + ". Run it with --version to see why; it "
                    + "needs glibc, libstdc++ and OpenSSL.");
        }
        terminal.value(Map.of("path", tool.toString(), "version", check.version().orElse(""), "sha256", digest, "runs", runs));
        return runs ? 0 : CommandFailure.FAILED;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
