package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A person who mistypes at the first login, after which a password must be chosen. */
@EnabledOnOs(OS.LINUX)
class LoginAtTerminalTest {
    private static final String NEW = "New password (12 characters or more): ";
    private static final String AGAIN = "New password, once more: ";
    @TempDir
    private Path folder;
    private final List<String> chosen = new CopyOnWriteArrayList<>();
    private ScriptedServer server;

    @BeforeEach
    void serve() throws IOException {
        server = ScriptedServer.start();
        server.on("POST /api/v1/auth/login", ScriptedServer.json(200, "{\"user\":{\"email\":\"ann@example.org\"},\"accessToken\":\"a\",\"refreshToken\":\"r\","
                + "\"expiresIn\":900}")).on("GET /api/v1/me", ScriptedServer.json(200, "{\"user\":{\"email\":\"ann@example.org\"},\"mustChangePassword\":true}"))
                .on("PUT /api/v1/me/password", exchange -> {
                    chosen.add(new String(exchange.getRequestBody().readAllBytes()));
                    boolean good = chosen.size() > 1;
                    ScriptedServer.json(good ? 204 : 400, good ? "" : "{\"message\":\"This password is too short.\"}").handle(exchange);
                });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aNewPasswordIsAskedForAgainWithoutAnotherLogin() throws Exception {
        try (PersonAtTerminal person = new PersonAtTerminal(environment(), "login", "--url", server.url(), "--email", "ann@example.org")) {
            person.until("Password: ");
            person.type("old\n");
            choose(person, "one password", "another password");
            assertThat(person.until(NEW)).contains("The two are not the same: nothing was changed. Try again.");
            person.type("short\n");
            person.until(AGAIN);
            person.type("short\n");
            assertThat(person.until(NEW)).contains("This password is too short. Try again.");
            person.type("a longer one\n");
            person.until(AGAIN);
            person.type("a longer one\n");
            String rest = person.until(null);
            assertThat(person.exitCode()).as(rest).isZero();
        }
        assertThat(chosen).hasSize(2).last().asString().contains("a longer one");
        assertThat(server.asked().stream().filter("POST /api/v1/auth/login"::equals)).hasSize(2);
    }

    @Test
    void withoutAnAddressNoPasswordIsAskedFor() throws Exception {
        try (PersonAtTerminal person = new PersonAtTerminal(environment(), "login", "--url", server.url())) {
            person.until(": ");
            person.type("\n");
            assertThat(person.until(null)).contains("Nothing was entered: type your e-mail address").doesNotContain("Password");
            assertThat(person.exitCode()).isEqualTo(2);
        }
        assertThat(server.asked()).isEmpty();
    }

    private static void choose(PersonAtTerminal person, String first, String second) throws IOException {
        person.until(NEW);
        person.type(first + "\n");
        person.until(AGAIN);
        person.type(second + "\n");
    }

    private Map<String, String> environment() {
        return Map.of("XDG_CONFIG_HOME", folder.toString(), "WALLWHALE_PASSWORD", "", "WALLWHALE_API_KEY", "");
    }
}
