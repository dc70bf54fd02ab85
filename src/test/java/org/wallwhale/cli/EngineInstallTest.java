package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.Settings;
import org.wallwhale.engine.EngineConfig;

/** From a server on this machine that has a release, and from a zip. */
@DisabledOnOs(OS.WINDOWS)
class EngineInstallTest {
    @TempDir
    private Path folder;
    private final Commands commands = new Commands();
    private final byte[] zip = zip("DepotDownloader");
    private HttpServer server;
    private String asked = "";
    private byte[] answer = zip;
    private int status = 200;
    /** More than the answer has: then the rest never comes. */
    private int announced;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/moved/", exchange -> {
            exchange.getResponseHeaders().add("Location", "/assets/" + exchange.getRequestURI().getPath().substring("/moved/".length()));
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/assets/", exchange -> {
            asked = exchange.getRequestURI().getPath();
            exchange.sendResponseHeaders(status, Math.max(announced, answer.length));
            exchange.getResponseBody().write(answer);
            exchange.getResponseBody().flush();
            if (announced == 0) {
                exchange.close();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aReleaseIsFetchedVerifiedAndFoundWithoutASetting() throws IOException {
        assertThat(install("--sha256", sha256(zip))).isZero();
        assertThat(asked).isEqualTo("/assets/DepotDownloader-linux-x64.zip");
        Path tool = folder.resolve("data/engine/depotdownloader/DepotDownloader");
        assertThat(tool).isExecutable();
        assertThat(tool.resolveSibling("LICENSE")).hasContent("GPL");
        assertThat(files()).containsExactlyInAnyOrder("DepotDownloader", "LICENSE");
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.map(path -> path.getFileName().toString())).doesNotContain("evil");
        }
        assertThat(mode(folder.resolve("data"))).isEqualTo("rwx------");
        assertThat(mode(tool.getParent())).isEqualTo("rwx------");
        assertThat(commands.out()).contains("DepotDownloader 3.4.0 lies in " + tool, "GNU General Public License 2.0");
        assertThat(new EngineConfig(Commands.settings(Map.of("wallwhale.data-dir", folder.resolve("data").toString()))).depotDownloader()).contains(tool);
        assertThat(install("--sha256", sha256(zip))).as("a second time").isZero();
    }

    @Test
    void onlyThePinnedBytesAreInstalledUnlessOthersAreNamed() throws IOException {
        assertThat(install()).isEqualTo(1);
        assertThat(commands.err()).contains("nothing was installed: its SHA-256 is " + sha256(zip) + ", not "
                + EngineRelease.of("Linux", "amd64").orElseThrow().sha256());
        assertThat(files()).isEmpty();
    }

    @Test
    void aZipIsTakenOnAMachineWithoutInternet() throws IOException {
        server.stop(0);
        assertThat(install()).isEqualTo(4);
        assertThat(commands.err()).contains("name it with --from.").doesNotContain("null");
        Path local = Files.write(folder.resolve("local.zip"), zip);
        Path to = folder.resolve("opt");
        assertThat(install("--from", local.toString(), "--sha256", sha256(zip).toUpperCase(), "--to", to.toString())).isZero();
        assertThat(to.resolve("DepotDownloader")).isExecutable();
        assertThat(commands.out()).contains("set WALLWHALE_ENGINE_DEPOTDOWNLOADER_PATH=" + to.resolve("DepotDownloader"));
        assertThat(install("--from", local.toString(), "--sha256", sha256(zip), "--json")).isZero();
        assertThat(commands.json().get("version").asText()).isEqualTo("3.4.0");
    }

    @Test
    void whatIsNoReleaseForThisSystemIsRefused() throws IOException {
        byte[] other = zip("DepotDownloader.dll");
        Path local = Files.write(folder.resolve("framework.zip"), other);
        assertThat(install("--from", local.toString(), "--sha256", sha256(other))).isEqualTo(1);
        assertThat(commands.err()).contains("The zip holds no DepotDownloader");
        assertThat(install("--from", folder.resolve("absent").toString())).isEqualTo(2);
        assertThat(install("--sha256", "12")).isEqualTo(2);
        status = 404;
        assertThat(install("--sha256", sha256(zip))).isEqualTo(1);
        assertThat(commands.err()).contains("answered 404");
        assertThat(commands.run(new EngineInstall(settings(), base(), "SunOS", "sparc", Duration.ofSeconds(1)))).isEqualTo(2);
        assertThat(commands.err()).contains("No release is pinned for SunOS on sparc");
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() throws IOException {
        announced = zip.length + 1;
        assertThat(install("--sha256", sha256(zip))).isEqualTo(4);
        assertThat(commands.err()).contains("broke off (nothing came for 1 s)");
        assertThat(files()).isEmpty();
    }

    @Test
    void everyPinnedSystemHasAnAssetAndADigest() {
        Map<String, String> systems = Map.of("Linux", "amd64", "Mac OS X", "aarch64", "Windows 11", "amd64");
        systems.forEach((os, arch) -> assertThat(EngineRelease.of(os, arch).orElseThrow().sha256()).matches("[0-9a-f]{64}"));
        assertThat(EngineRelease.of("Mac OS X", "x86_64").orElseThrow().asset()).isEqualTo("DepotDownloader-macos-x64.zip");
        assertThat(EngineRelease.of("Linux", "aarch64").orElseThrow().asset()).isEqualTo("DepotDownloader-linux-arm64.zip");
    }

    private int install(String... arguments) {
        return commands.run(new EngineInstall(settings(), base(), "Linux", "amd64", Duration.ofSeconds(1)), arguments);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private Settings settings() {
        return Commands.settings(Map.of("wallwhale.data-dir", folder.resolve("data").toString()));
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/moved/";
    }

    private Stream<String> files() throws IOException {
        Path place = folder.resolve("data/engine/depotdownloader");
        return Files.exists(place) ? Files.list(place).map(file -> file.getFileName().toString()) : Stream.of();
    }

    private static byte[] zip(String program) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                for (Map.Entry<String, String> entry : Map.of(program, "#!/bin/sh\necho 'DepotDownloader v3.4.0+c553ef4d'\n", "LICENSE", "GPL",
                        "../evil", "x", "../../evil", "x").entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
