package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.Settings;

/** What {@code login} keeps, and how its session goes on. */
class LoginFileTest {
    private static final String REFRESH = "POST /api/v1/auth/refresh";
    @TempDir
    private Path folder;
    private final AtomicInteger refreshed = new AtomicInteger();
    private ScriptedServer server;
    private LoginFile file;

    @BeforeEach
    void serve() throws IOException {
        server = ScriptedServer.start();
        server.on("GET /api/v1/downloads", exchange -> {
            String shown = exchange.getRequestHeaders().getFirst("Authorization");
            boolean valid = ("Bearer access" + refreshed.get()).equals(shown);
            ScriptedServer.json(valid ? 200 : 401, valid ? "{\"downloads\":[],\"pagination\":{}}" : "{\"message\":\"No.\"}").handle(exchange);
        });
        server.on(REFRESH, exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes());
            boolean newest = body.contains("\"refresh" + refreshed.get() + "\"");
            int next = newest ? refreshed.incrementAndGet() : 0;
            ScriptedServer.json(newest ? 200 : 401, newest ? "{\"user\":{\"email\":\"ann@example.org\"},\"accessToken\":\"access" + next
                    + "\",\"refreshToken\":\"refresh" + next + "\",\"expiresIn\":900}" : "{\"message\":\"Used.\"}").handle(exchange);
        });
        file = LoginFile.of(settings());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void itIsForItsOwnerAlone() throws IOException {
        save(session(0, Instant.now().plusSeconds(900)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path()))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path().getParent()))).isEqualTo("rwx------");
        assertThat(list().code()).isZero();
        for (String open : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
            Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(open));
            CommandRun refused = list();
            assertThat(refused.code()).isEqualTo(3);
            assertThat(refused.err()).startsWith("Others may read or change " + file.path()).contains("chmod 600").doesNotContain("access0");
        }
    }

    @Test
    void whatIsNoLoginIsToldWithACureAndNothingOfIt() throws IOException {
        assertThat(list().err()).startsWith("You are not logged in: run `wallwhale login`");
        save(session(0, Instant.now()));
        Files.writeString(file.path(), "{\"url\": secret");
        assertThat(list()).satisfies(refused -> {
            assertThat(refused.code()).isEqualTo(3);
            assertThat(refused.err()).contains("log in again").doesNotContain("secret");
        });
    }

    @Test
    void aFileOfNoUseIsReplacedByTheNextLogin() throws IOException {
        server.on("POST /api/v1/auth/login", ScriptedServer.json(200, "{\"user\":{\"email\":\"ann@example.org\"},\"accessToken\":\"access0\","
                + "\"refreshToken\":\"refresh0\",\"expiresIn\":900}"));
        server.on("GET /api/v1/me", ScriptedServer.json(200, "{\"user\":{\"email\":\"ann@example.org\"},\"mustChangePassword\":false}"));
        save(session(7, Instant.now()));
        Files.writeString(file.path(), "{");
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-rw-rw-"));
        CommandRun login = CommandRun.of(Map.of("xdg.config.home", folder.toString(), "wallwhale.password", "a password"), "login", "--url",
                server.url(), "--email", "ann@example.org");
        assertThat(login.code()).as(login.err()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path()))).isEqualTo("rw-------");
        assertThat(list().code()).isZero();
    }

    @Test
    void aCredentialGoesToItsOwnServerOnly() {
        save(session(0, Instant.now().plusSeconds(900)));
        CommandRun refused = CommandRun.of(Map.of("xdg.config.home", folder.toString(), "wallwhale.url", "http://other.example"), "remote", "list");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).startsWith("You are logged in at " + server.url() + ", but WALLWHALE_URL names another server");
        assertThat(CommandRun.of(Map.of("xdg.config.home", folder.toString(), "wallwhale.url", server.url() + "/"), "remote", "list").code()).isZero();
    }

    @Test
    void aSessionIsRenewedBeforeItEndsAndWhenItIsRefused() {
        save(session(0, Instant.now().plusSeconds(5)));
        assertThat(list().code()).isZero();
        assertThat(refreshed).hasValue(1);
        save(new SavedLogin(server.url(), "ann@example.org", null, null, "old", "refresh1", Instant.now().plusSeconds(900)));
        assertThat(list().code()).isZero();
        assertThat(refreshed).hasValue(2);
        assertThat(file.read().orElseThrow().refreshToken()).isEqualTo("refresh2");
    }

    @Test
    void twoCommandsNeverUseARefreshTokenTwice() {
        save(session(0, Instant.now()));
        List<CompletableFuture<Void>> all = IntStream.range(0, 8).mapToObj(i -> {
            ServerClient client = ServerCommand.connect(settings());
            return CompletableFuture.runAsync(() -> client.get("/api/v1/downloads"));
        }).toList();
        all.forEach(CompletableFuture::join);
        assertThat(server.asked().stream().filter(REFRESH::equals)).hasSize(1);
    }

    @Test
    void aSessionThatHasEndedIsToldWithACure() {
        save(session(7, Instant.now()));
        CommandFailure ended = catchThrowableOfType(CommandFailure.class, () -> ServerCommand.connect(settings()).get("/api/v1/downloads"));
        assertThat(ended).hasMessage("Your login at " + server.url() + " has ended: run `wallwhale login`.");
        assertThat(ended.exitCode()).isEqualTo(5);
    }

    @Test
    void whatCannotBeTakenBackNeedsAYes() {
        save(session(0, Instant.now().plusSeconds(900)));
        server.on("GET /api/v1/admin/users", ScriptedServer.json(200,
                "{\"users\":[{\"id\":\"5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6a\",\"email\":\"ann@example.org\"}],\"pagination\":{\"hasMore\":false}}"));
        server.on("GET /api/v1/admin/users/5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6a", ScriptedServer.json(200,
                "{\"id\":\"5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6a\",\"email\":\"ann@example.org\"}"));
        CommandRun refused = CommandRun.of(Map.of("xdg.config.home", folder.toString()), "user", "remove", "ann@example.org");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("say --yes if you mean it");
        assertThat(server.asked()).noneMatch(call -> call.startsWith("DELETE"));
    }

    private void save(SavedLogin login) {
        file.write(login);
    }

    private SavedLogin session(int number, Instant until) {
        return new SavedLogin(server.url(), "ann@example.org", null, null, "access" + number, "refresh" + number, until);
    }

    private CommandRun list() {
        return CommandRun.of(Map.of("xdg.config.home", folder.toString()), "remote", "list");
    }

    private Settings settings() {
        return new Settings(key -> Optional.ofNullable(key.equals("xdg.config.home") ? folder.toString() : null));
    }
}
