package org.wallwhale.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wallwhale.config.DataFolder;

/**
 * Asks the operator's DepotDownloader for its version ({@code --version}, since 2.7.0), once for each file that lies there. It is
 * run without an account, and with nothing of the server's environment.
 */
@ApplicationScoped
public class ToolCheck {
    private static final Pattern VERSION = Pattern.compile("^DepotDownloader v(\\d{1,4})\\.(\\d{1,4})(\\.\\d{1,4})?", Pattern.MULTILINE);
    private static final int[] OLDEST = {3, 4};
    private static final int SECONDS = 20;
    private static final int MOST_BYTES = 4096;
    private EngineConfig config;
    private volatile Seen seen = new Seen(null, ToolState.UNKNOWN, null);

    private record Seen(FileTime file, ToolState state, String version) {
    }

    ToolCheck() {
    }

    @Inject
    public ToolCheck(EngineConfig config) {
        this.config = config;
    }

    /** As it was at the last look; never waits, but looks whether the file is there. */
    public ToolState state() {
        return config.depotDownloader().map(path -> Files.isExecutable(path) ? seen.state : ToolState.MISSING).orElse(ToolState.NONE);
    }

    /** Such as {@code 3.4.0}, as far as the tool said it. */
    public Optional<String> version() {
        return Optional.ofNullable(seen.version);
    }

    /** Runs the tool if it is another file than at the last look; waits for it, for 20 seconds at most. */
    public void look() {
        config.depotDownloader().filter(Files::isExecutable).ifPresent(path -> {
            try {
                FileTime file = Files.getLastModifiedTime(path);
                if (!file.equals(seen.file) || seen.state == ToolState.BROKEN) {
                    seen = ask(path, file);
                }
            } catch (IOException e) {
                seen = new Seen(null, ToolState.BROKEN, null);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Seen ask(Path path, FileTime file) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory(config.toolsFolder(), ".version-");
        Path output = home.resolve("output");
        Process tool = null;
        try {
            ProcessBuilder builder = new ProcessBuilder(path.toString(), "--version").directory(home.toFile()).redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment().putAll(CommandLine.environment(home));
            tool = builder.start();
            tool.getOutputStream().close();
            return tool.waitFor(SECONDS, TimeUnit.SECONDS) ? read(output, file) : new Seen(file, ToolState.BROKEN, null);
        } finally {
            if (tool != null) {
                tool.descendants().forEach(ProcessHandle::destroyForcibly);
                tool.destroyForcibly().waitFor(SECONDS, TimeUnit.SECONDS);
            }
            DataFolder.deleteTree(home);
        }
    }

    private static Seen read(Path output, FileTime file) throws IOException {
        byte[] bytes = Files.readAllBytes(output);
        Matcher version = VERSION.matcher(new String(bytes, 0, Math.min(bytes.length, MOST_BYTES), StandardCharsets.UTF_8));
        if (!version.find()) {
            return new Seen(file, ToolState.BROKEN, null);
        }
        int[] numbers = {Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2))};
        return new Seen(file, Arrays.compare(numbers, OLDEST) < 0 ? ToolState.OLD : ToolState.READY,
                version.group().substring(version.group().indexOf('v') + 1));
    }
}
