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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareCommandsTest {
    private static final String DOWNLOAD = "5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6a";
    private static final String LINK = "6f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6b";
    /** Begins with that id, in base62. */
    private static final String TEXT = "QKd0krgNzTvZHCynkcwf85Lb3MDqtRCBB6DUK0ROKRr";
    private static final String SHARE = "{\"id\":\"" + LINK + "\",\"url\":\"https://files.example.org/s/abc\",\"expiresAt\":\"2030-01-01T00:00:00Z\",\"hasPassword\":true,"
            + "\"maxDownloads\":3,\"views\":2,\"downloads\":1,\"bytesSent\":5}";
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private ScriptedServer server;
    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.start();
        server.on("GET /api/v1/downloads/" + DOWNLOAD, ScriptedServer.json(200, "{\"id\":\"" + DOWNLOAD + "\"}"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLinkIsMadeAndItsAddressIsTheResult() throws IOException {
        Path password = Files.createFile(folder.resolve("password"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, "four plain words here\n");
        server.on("POST /api/v1/downloads/" + DOWNLOAD + "/shares", noting(ScriptedServer.json(201, SHARE)));
        CommandRun run = run(Map.of(), "share", "create", DOWNLOAD, "--password-file", password.toString(), "--max-downloads", "3",
                "--expire", "2d");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("https://files.example.org/s/abc\n");
        assertThat(bodies).singleElement().asString().contains("\"password\":\"four plain words here\"", "\"maxDownloads\":3", "\"expiresAt\":\"20")
                .doesNotContain("bytesPerSecond");
        assertThat(run(Map.of(), "share", "create", DOWNLOAD, "--rate", "20000", "--json").out()).contains("\"url\":\"https://files.example.org/s/abc\"");
        assertThat(bodies.get(1)).isEqualTo("{\"bytesPerSecond\":20000}");
    }

    @Test
    void aPasswordMayBeAnotherProgramsOutput() throws Exception {
        server.on("POST /api/v1/downloads/" + DOWNLOAD + "/shares", noting(ScriptedServer.json(201, SHARE)));
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", "'" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -XX:TieredStopAtLevel=1 -cp \"$CP\" org.wallwhale.cli.Main share create " + DOWNLOAD + " --password-file <(echo four plain words here)")
                .redirectErrorStream(true);
        bash.environment().putAll(Map.of("CP", System.getProperty("java.class.path"), "WALLWHALE_URL", server.url(), "WALLWHALE_API_KEY", ScriptedServer.KEY));
        Process process = bash.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(bodies).singleElement().asString().contains("\"password\":\"four plain words here\"");
    }

    @Test
    void aPasswordIsNoArgumentAndATimeHasItsUnit() {
        assertThat(run(Map.of(), "share", "create", DOWNLOAD, "--password=secret words").code()).isEqualTo(CommandFailure.USAGE);
        CommandRun run = run(Map.of(), "share", "create", DOWNLOAD, "--expire", "tomorrow");
        assertThat(run.code()).isEqualTo(CommandFailure.USAGE);
        assertThat(run.err()).contains("12h");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void theLinksOfADownloadAreATable() {
        server.on("GET /api/v1/downloads/" + DOWNLOAD + "/shares", ScriptedServer.json(200, "{\"shares\":[" + SHARE + "]}"));
        assertThat(run(Map.of(), "share", "list", DOWNLOAD).out()).contains("https://files.example.org/s/abc", "maxDownloads");
    }

    @Test
    void aLinkIsRevokedOrAllLinksOfADownload() {
        server.on("GET /api/v1/shares/" + LINK, ScriptedServer.json(200, SHARE)).on("DELETE /api/v1/shares/" + LINK, ScriptedServer.json(204, ""))
                .on("GET /api/v1/downloads/" + DOWNLOAD + "/shares", ScriptedServer.json(200, "{\"shares\":[" + SHARE + "]}"));
        assertThat(run(Map.of(), "share", "revoke", LINK, "--yes").code()).isZero();
        assertThat(run(Map.of(), "share", "revoke", DOWNLOAD, "--yes").out()).contains("The link " + LINK + " is revoked.");
        assertThat(server.asked().stream().filter(("DELETE /api/v1/shares/" + LINK)::equals)).hasSize(2);
        CommandRun unknown = run(Map.of(), "share", "revoke", "x", "--yes");
        assertThat(unknown.code()).isEqualTo(CommandFailure.USAGE);
        assertThat(unknown.err()).contains("There is no link and no download \"x\"");
    }

    @Test
    void theIdOfABatchIsFoundInAList() {
        server.on("GET /api/v1/batches", ScriptedServer.json(200, "{\"batches\":[{\"id\":\"" + DOWNLOAD + "\",\"createdAt\":\"2030-01-01T00:00:00.25Z\",\"lines\":4,"
                + "\"children\":{\"queued\":0,\"success\":2,\"failed\":1}},{\"id\":\"x\",\"createdAt\":\"2030-01-01T00:00:00Z\",\"lines\":1,\"children\":{\"queued\":0}}],\"pagination\":{\"hasMore\":false}}"));
        assertThat(run(Map.of(), "remote", "batches").out().lines().map(line -> line.replaceAll(" {2,}", "|"))).containsExactly(
                "id|created|lines|downloads", DOWNLOAD + "|2030-01-01T00:00:00Z|4|2 success, 1 failed", "x|2030-01-01T00:00:00Z|1|-");
        assertThat(run(Map.of(), "remote", "batches", "--json").out()).contains("\"lines\":4");
        assertThat(run(Map.of(), "share", "create", "x", "--batch").err()).contains("`wallwhale remote batches` shows those that there are");
    }

    @Test
    void allLinksOfABatchAreRevokedByItsId() {
        String batch = "/api/v1/batches/" + DOWNLOAD;
        server.on("GET " + batch, ScriptedServer.json(200, "{\"id\":\"" + DOWNLOAD + "\"}"))
                .on("GET " + batch + "/shares", ScriptedServer.json(200, "{\"shares\":[" + SHARE + "]}"))
                .on("DELETE /api/v1/shares/" + LINK, ScriptedServer.json(204, ""));
        assertThat(run(Map.of(), "share", "list", DOWNLOAD, "--batch").out()).contains(LINK);
        CommandRun run = run(Map.of(), "share", "revoke", DOWNLOAD, "--batch", "--yes");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("The link " + LINK + " is revoked.");
        assertThat(server.asked()).contains("DELETE /api/v1/shares/" + LINK).doesNotContain("GET /api/v1/shares/" + DOWNLOAD);
    }

    @Test
    void aLinkIsChangedByItselfOrItsIdAndKeepsWhatIsNotNamed() throws IOException {
        server.on("GET /api/v1/shares/" + LINK, ScriptedServer.json(200, SHARE, "ETag", "\"4\"")).on("PATCH /api/v1/shares/" + LINK, exchange -> {
            bodies.add(exchange.getRequestHeaders().getFirst("If-Match"));
            noting(ScriptedServer.json(200, SHARE)).handle(exchange);
        });
        CommandRun run = run(Map.of(), "share", "change", LINK, "--expire", "2d", "--rate", "20000");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("https://files.example.org/s/abc");
        assertThat(bodies.get(0)).isEqualTo("\"4\"");
        assertThat(bodies.get(1)).matches("\\{\"bytesPerSecond\":20000,\"expiresAt\":\"20[^\"]*Z\"}");
        assertThat(run(Map.of(), "share", "change", "https://files.example.org/below/s/" + TEXT + "?x", "--no-password", "--max-downloads", "none").code()).isZero();
        assertThat(bodies.get(3)).isEqualTo("{\"maxDownloads\":null,\"password\":null}");
        Path password = Files.createFile(folder.resolve("new"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, "another few words\n");
        assertThat(run(Map.of(), "share", "change", LINK, "--password-file", password.toString()).code()).isZero();
        assertThat(bodies.get(5)).isEqualTo("{\"password\":\"another few words\"}");
        assertThat(run(Map.of(), "share", "change", LINK, "--max-downloads", "5", "--json").out()).contains("\"url\":\"https://files.example.org/s/abc\"");
        assertThat(bodies.get(7)).isEqualTo("{\"maxDownloads\":5}");
        server.on("DELETE /api/v1/shares/" + LINK, ScriptedServer.json(204, ""));
        assertThat(run(Map.of(), "share", "revoke", "https://files.example.org/s/" + TEXT, "--yes").out()).contains("The link " + LINK + " is revoked.");
    }

    @Test
    void theCallersOwnPasswordIsNoneOfALink() {
        server.on("GET /api/v1/shares/" + LINK, ScriptedServer.json(200, SHARE)).on("PATCH /api/v1/shares/" + LINK, noting(ScriptedServer.json(200, SHARE)))
                .on("POST /api/v1/downloads/" + DOWNLOAD + "/shares", noting(ScriptedServer.json(201, SHARE)));
        for (String[] command : new String[][] {{"share", "create", DOWNLOAD, "--password"}, {"share", "change", LINK, "--password"}}) {
            CommandRun run = run(Map.of("wallwhale.password", "the password of my login"), command);
            assertThat(run.code()).as("nobody is there to be asked").isEqualTo(CommandFailure.USAGE);
            assertThat(run.err()).contains("There is no terminal to ask at for ", "assword of the link", "--password-file");
        }
        assertThat(bodies).isEmpty();
    }

    @Test
    void aChangeThatSaysNothingOrTwoThingsIsWrongUse() {
        for (String[] more : new String[][] {{}, {"--password", "--no-password"}, {"--password=secret words"}, {"--max-downloads", "many"}, {"--expire", "soon"}}) {
            assertThat(run(Map.of(), Stream.concat(Stream.of("share", "change", LINK), Stream.of(more)).toArray(String[]::new)).code()).isEqualTo(CommandFailure.USAGE);
        }
        assertThat(server.asked()).isEmpty();
        for (String unknown : new String[] {DOWNLOAD, "nope", "https://files.example.org/s/nope", "https://files.example.org/s/" + "0".repeat(43)}) {
            CommandRun run = run(Map.of(), "share", "change", unknown, "--expire", "1d");
            assertThat(run.code()).as(run.err()).isEqualTo(CommandFailure.USAGE);
            assertThat(run.err()).startsWith("There is no link \"").contains("`wallwhale share list`").hasLineCount(1);
        }
        server.on("GET /api/v1/shares/" + LINK, ScriptedServer.json(200, SHARE)).on("PATCH /api/v1/shares/" + LINK, ScriptedServer.json(412, "{\"message\":\"Changed.\"}"));
        assertThat(run(Map.of(), "share", "change", LINK, "--expire", "1d").code()).isEqualTo(CommandFailure.FAILED);
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
