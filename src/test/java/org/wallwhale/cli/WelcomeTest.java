package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.Settings;

/** Against a server that is ready and refuses everything. */
class WelcomeTest {
    @TempDir
    private Path folder;
    private final AtomicInteger logins = new AtomicInteger();
    private final StringWriter shown = new StringWriter();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/downloads", WelcomeTest::refuse);
        server.createContext("/api/v1/auth/login", exchange -> {
            logins.incrementAndGet();
            refuse(exchange);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aFirstDownloadThatCannotBeShownDoesNotFailTheStart() {
        assertThat(welcome(Map.of("wallwhale.admin.password", "of somebody else"), "--first-start")).isZero();
        assertThat(shown.toString()).contains("The server refused (401): No.").contains("WallWhale Server serves at");
        assertThat(logins).hasValue(1);
    }

    @Test
    void lostSecretsDoNotFailTheStart() {
        assertThat(welcome(Map.of(), "--first-start")).isZero();
        assertThat(shown.toString()).contains("Set WALLWHALE_ADMIN_PASSWORD").contains("WallWhale Server serves at");
    }

    @Test
    void withoutTheSandboxOrASlotNothingIsDownloadedAndThePasswordIsShownAllTheSame() throws IOException {
        for (var without : List.of(Map.of("wallwhale.sandbox.enabled", "false"), Map.of("wallwhale.worker.slots", "0"))) {
            generated("generated-password");
            assertThat(welcome(without, "--first-start")).isZero();
            assertThat(shown.toString()).contains("generated-password").doesNotContain("could not be shown");
            shown.getBuffer().setLength(0);
        }
        assertThat(logins).hasValue(0);
    }

    @Test
    void aPasswordThatAnInterruptedStartDidNotShowIsShownByTheNext() throws IOException {
        Path file = generated("generated-password");
        assertThat(welcome(Map.of())).isZero();
        assertThat(shown.toString()).contains("generated-password").doesNotContain("could not be shown");
        assertThat(file).doesNotExist();
    }

    @Test
    void theFirstDownloadIsShownWithTheKeyThatTheServerLeftAndWithoutALogin() throws IOException {
        generated("generated-password");
        Path key = Files.writeString(folder.resolve("secrets").resolve("first-start-key"), "ww_test_key");
        assertThat(welcome(Map.of(), "--first-start")).isZero();
        assertThat(shown.toString()).contains("/api/v1/me/password", "A first download from the sandbox").doesNotContain("ww_test_key");
        assertThat(key).doesNotExist();
        assertThat(logins).hasValue(0);
    }

    @Test
    void aStartThatIsRefusedIsTheSettingsFault() throws IOException {
        Path log = Files.writeString(folder.resolve("server.log"), "The start is refused, because of these settings:\n  WALLWHALE_DB_URL is another one's.\n");
        assertThat(welcome(Map.of("wallwhale.http.port", "1"))).isEqualTo(CommandFailure.SETTINGS);
        Files.writeString(log, "It was not deployed");
        assertThat(welcome(Map.of("wallwhale.http.port", "1"))).isEqualTo(CommandFailure.FAILED);
    }

    private int welcome(Map<String, String> changes, String... arguments) {
        Map<String, String> settings = new HashMap<>(Map.of("wallwhale.http.address", "127.0.0.1", "wallwhale.http.port",
                String.valueOf(server.getAddress().getPort()), "wallwhale.data-dir", folder.toString(), "wallwhale.admin.email",
                "admin@localhost", "wallwhale.sandbox.enabled", "true", "wallwhale.worker.slots", "4", "wallwhale.tls.enabled", "false",
                "wallwhale.tls.plain-port", "0"));
        settings.putAll(changes);
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--server-pid=" + ProcessHandle.current().pid(), "--server-log=" + folder.resolve("server.log")));
        return Main.line(new Welcome(new Settings(key -> Optional.ofNullable(settings.get(key))))).setOut(new PrintWriter(shown))
                .execute(line.toArray(String[]::new));
    }

    private Path generated(String password) throws IOException {
        return Files.writeString(Files.createDirectories(folder.resolve("secrets")).resolve("first-administrator-password"), password);
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        byte[] problem = "{\"message\":\"No.\"}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
        exchange.sendResponseHeaders(401, problem.length);
        exchange.getResponseBody().write(problem);
        exchange.close();
    }
}
