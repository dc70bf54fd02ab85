package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.Settings;

class HealthCommandTest {
    private final Commands commands = new Commands();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private int readyAt;
    private String instead;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/health/ready", exchange -> {
            boolean up = asked.incrementAndGet() > readyAt;
            String status = up ? "UP" : "DOWN";
            byte[] body = (instead != null ? instead : "{\"status\":\"" + status + "\",\"checks\":[{\"name\":\"database\",\"status\":\"" + status + "\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(up ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theExitCodeIsTheServersAnswer() throws IOException {
        assertThat(health()).isZero();
        assertThat(commands.out().lines()).containsExactly("up    database", "The server is ready.");
        readyAt = Integer.MAX_VALUE;
        assertThat(health()).isEqualTo(1);
        assertThat(health("--json")).isEqualTo(1);
        assertThat(commands.json().at("/checks/0/status").asText()).isEqualTo("DOWN");
        assertThat(health("--wait=0")).isEqualTo(1);
    }

    @Test
    void itWaitsUntilTheServerIsReady() {
        readyAt = 2;
        assertThat(health("--wait=60")).isZero();
        assertThat(asked).hasValue(3);
    }

    @Test
    void whatIsNoServerIsNotReached() {
        for (String other : new String[] {"<html>", "{}", "{\"status\":\"DOWN\"}", "[]", ""}) {
            instead = other;
            assertThat(health()).as(other).isEqualTo(4);
            assertThat(commands.err()).contains("is no WallWhale Server");
        }
        server.stop(0);
        assertThat(health()).isEqualTo(4);
        assertThat(health("--wait=0")).isEqualTo(4);
        assertThat(health("--wait=-1")).isEqualTo(2);
        assertThat(health("--wait=x")).isEqualTo(2);
    }

    @Test
    void aCertificateThatTheFirstStartMakesIsWaitedFor(@TempDir Path folder) {
        Map<String, String> settings = Map.of("wallwhale.http.port", "1", "wallwhale.tls.enabled", "true", "wallwhale.data-dir", folder.toString());
        assertThat(commands.run(new HealthCommand(Commands.settings(settings)))).isEqualTo(3);
        assertThat(commands.err()).contains("server.pem is not there");
        AtomicInteger looks = new AtomicInteger();
        Settings meanwhileMade = new Settings(key -> {
            if (key.equals("wallwhale.tls.enabled") && looks.incrementAndGet() == 4) {
                CommandRun made = CommandRun.of(settings, "cert", "self-signed", "--name", "localhost");
                assertThat(made.code()).as(made.err()).isZero();
            }
            return Commands.text(settings, key);
        });
        assertThat(commands.run(new HealthCommand(meanwhileMade), "--wait=3")).as(() -> "there is a certificate, but no server: " + commands.err()).isEqualTo(4);
    }

    private int health(String... arguments) {
        return commands.run(new HealthCommand(Commands.settings(Map.of("wallwhale.http.port", String.valueOf(server.getAddress().getPort())))), arguments);
    }
}
