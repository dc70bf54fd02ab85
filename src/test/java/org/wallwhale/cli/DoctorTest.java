package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** In a folder of its own, with a tool that says a version and a server in the place of Steam's. */
@DisabledOnOs(OS.WINDOWS)
class DoctorTest {
    @TempDir
    private Path folder;
    private final Commands commands = new Commands();
    private HttpServer steam;

    @BeforeEach
    void serve() throws IOException {
        steam = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        steam.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        steam.start();
    }

    @AfterEach
    void stop() {
        steam.stop(0);
    }

    @Test
    void aMachineThatIsWellHasNoTrouble() throws IOException {
        tool("echo 'DepotDownloader v3.4.0'");
        assertThat(doctor(Map.of())).as(commands.out()).isZero();
        assertThat(commands.out()).contains("ok      java", "ok      port", "ok      engine", "ok      time        This machine's clock is right.",
                "No trouble was found.");
    }

    @Test
    void eachTroubleHasItsCure() throws IOException {
        tool("echo 'DepotDownloader v2.7.4'");
        Path secrets = Files.createDirectories(folder.resolve("data/secrets"));
        Files.setPosixFilePermissions(Files.writeString(secrets.resolve("key-pepper"), "k"), PosixFilePermissions.fromString("rw-r--r--"));
        int port = steam.getAddress().getPort();
        assertThat(doctor(Map.of("wallwhale.http.port", String.valueOf(port), "wallwhale.db.url", "jdbc:postgresql://127.0.0.1:1/none",
                "wallwhale.store.min-free-bytes", String.valueOf(Long.MAX_VALUE), "wallwhale.workshop.base-url", "http://127.0.0.1:1"), "--json")).isEqualTo(1);
        JsonNode findings = commands.json().get("findings");
        Map<String, String> cures = new HashMap<>();
        findings.forEach(finding -> {
            if (finding.get("state").asText().equals("trouble")) {
                cures.put(finding.get("about").asText(), finding.get("cure").asText());
            }
        });
        assertThat(cures).containsOnlyKeys("permissions", "port", "database", "disk", "engine", "steam");
        assertThat(cures.values()).allSatisfy(cure -> assertThat(cure).isNotBlank());
        assertThat(cures.get("engine")).contains("3.4.0 or newer");
        assertThat(commands.json().get("well").asBoolean()).isFalse();
    }

    @Test
    void whatTakesThePortIsNotAskedWithoutTheCertificateThatIsToBeTrusted() throws IOException {
        tool("echo 'DepotDownloader v3.4.0'");
        assertThat(doctor(Map.of("wallwhale.http.port", String.valueOf(steam.getAddress().getPort()), "wallwhale.tls.enabled", "true"))).isEqualTo(1);
        assertThat(commands.out()).contains("is taken at");
    }

    @Test
    void lookingMakesNothingAndSeesWhatIsOpen() throws IOException {
        tool("echo 'DepotDownloader v3.4.0'");
        assertThat(doctor(Map.of())).isZero();
        assertThat(folder.resolve("data")).doesNotExist();
        assertThat(commands.out()).contains("is not there yet: the first start makes it.");
        assertThat(doctor(Map.of("wallwhale.data-dir", folder.resolve("tool/below").toString()))).isEqualTo(1);
        Files.createDirectory(folder.resolve("data"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path database = Files.writeString(folder.resolve("data/wallwhale.mv.db"), "");
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));
        doctor(Map.of());
        assertThat(commands.out()).as("the folder keeps others out").doesNotContain("Other users");
        Files.setPosixFilePermissions(folder.resolve("data"), PosixFilePermissions.fromString("rwx--x--x"));
        doctor(Map.of());
        assertThat(commands.out()).contains("Other users may read or change what lies in " + folder.resolve("data"), "chmod 700");
    }

    @Test
    void aClockThatIsWrongIsTold() {
        Instant now = Instant.parse("2026-01-31T12:00:00Z");
        assertThat(NetworkLooks.time(date(now.minusSeconds(30)), now).state()).isEqualTo(Finding.State.OK);
        assertThat(NetworkLooks.time(date(now.minusSeconds(90)), now).sentence()).contains("90 s fast");
        assertThat(NetworkLooks.time(date(now.plusSeconds(3600)), now).sentence()).contains("3600 s slow");
        assertThat(NetworkLooks.time(Optional.of("yesterday"), now).state()).isEqualTo(Finding.State.UNKNOWN);
    }

    private static Optional<String> date(Instant time) {
        return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atZone(ZoneOffset.UTC)));
    }

    private int doctor(Map<String, String> changes, String... arguments) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of("wallwhale.data-dir", folder.resolve("data").toString(),
                "wallwhale.engine.depotdownloader-path", folder.resolve("tool").toString(), "wallwhale.http.port", String.valueOf(freePort()),
                "wallwhale.store.min-free-bytes", "0", "wallwhale.workshop.base-url", "http://127.0.0.1:" + steam.getAddress().getPort()));
        settings.putAll(changes);
        return commands.run(new Doctor(() -> Commands.settings(settings)), arguments);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void tool(String line) throws IOException {
        Path tool = Files.writeString(folder.resolve("tool"), "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    }
}
