package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareCommandsTest {
    private static final String SHARE = "{\"id\":\"s1\",\"url\":\"https://files.example.org/s/abc\",\"expiresAt\":\"2030-01-01T00:00:00Z\",\"hasPassword\":true,"
            + "\"maxDownloads\":3,\"views\":2,\"downloads\":1,\"bytesSent\":5}";
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private ScriptedServer server;
    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLinkIsMadeAndItsAddressIsTheResult() throws IOException {
        Path password = Files.createFile(folder.resolve("password"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, "four plain words here\n");
        server.on("POST /api/v1/downloads/d1/shares", noting(ScriptedServer.json(201, SHARE)));
        CommandRun run = run(Map.of(), "share", "create", "d1", "--password-file", password.toString(), "--max-downloads", "3",
                "--expire", "2d");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("https://files.example.org/s/abc\n");
        assertThat(bodies).singleElement().asString().contains("\"password\":\"four plain words here\"", "\"maxDownloads\":3", "\"expiresAt\":\"20")
                .doesNotContain("bytesPerSecond");
        assertThat(run(Map.of(), "share", "create", "d1", "--json").out()).contains("\"url\":\"https://files.example.org/s/abc\"");
    }

    @Test
    void aPasswordIsNoArgumentAndATimeHasItsUnit() {
        assertThat(run(Map.of(), "share", "create", "d1", "--password=secret words").code()).isEqualTo(CommandFailure.USAGE);
        CommandRun run = run(Map.of(), "share", "create", "d1", "--expire", "tomorrow");
        assertThat(run.code()).isEqualTo(CommandFailure.USAGE);
        assertThat(run.err()).contains("12h");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void theLinksOfADownloadAreATable() {
        server.on("GET /api/v1/downloads/d1/shares", ScriptedServer.json(200, "{\"shares\":[" + SHARE + "]}"));
        assertThat(run(Map.of(), "share", "list", "d1").out()).contains("https://files.example.org/s/abc", "maxDownloads");
    }

    @Test
    void aLinkIsRevokedOrAllLinksOfADownload() {
        server.on("GET /api/v1/shares/s1", ScriptedServer.json(200, SHARE)).on("DELETE /api/v1/shares/s1", ScriptedServer.json(204, ""))
                .on("GET /api/v1/downloads/d1/shares", ScriptedServer.json(200, "{\"shares\":[" + SHARE + "]}"));
        assertThat(run(Map.of(), "share", "revoke", "s1", "--yes").code()).isZero();
        assertThat(run(Map.of(), "share", "revoke", "d1", "--yes").out()).contains("The link s1 is revoked.");
        assertThat(server.asked().stream().filter("DELETE /api/v1/shares/s1"::equals)).hasSize(2);
        CommandRun unknown = run(Map.of(), "share", "revoke", "x", "--yes");
        assertThat(unknown.code()).isEqualTo(CommandFailure.FAILED);
        assertThat(unknown.err()).contains("There is no such thing.");
    }

    @Test
    void aHostSaysWhatItCannotBeBeforeAnythingStarts() {
        assertThat(CommandRun.of(Map.of(), "host").code()).isEqualTo(CommandFailure.USAGE);
        CommandRun account = CommandRun.of(Map.of(), "host", "--plan", "3000000000", "--account", "main");
        assertThat(account.code()).isEqualTo(CommandFailure.USAGE);
        assertThat(account.err()).contains("share create");
        assertThat(CommandRun.of(Map.of(), "host", "--plan", "3000000000", "--expire", "91d").code()).isEqualTo(CommandFailure.USAGE);
        CommandRun item = CommandRun.of(Map.of(), "host", "--plan", "3000000000", "not-an-id");
        assertThat(item.code()).isEqualTo(CommandFailure.USAGE);
        assertThat(item.err()).startsWith("not-an-id: This is neither an id");
        assertThat(CommandRun.of(Map.of(), "host", "3000000000").err()).contains("./wallwhale host");
    }

    private CommandRun run(Map<String, String> more, String... arguments) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("wallwhale.url", server.url());
        settings.put("wallwhale.api-key", ScriptedServer.KEY);
        return CommandRun.of(settings, arguments);
    }

    private HttpHandler noting(HttpHandler answer) {
        return exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer.handle(exchange);
        };
    }
}
