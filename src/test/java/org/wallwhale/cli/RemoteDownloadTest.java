package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code remote download} against a server that has one item, refuses one, and loses what it was asked for. */
class RemoteDownloadTest {
    private static final String DOWNLOADS = ServerCommand.DOWNLOADS;
    private static final String ONE = "5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6a";
    private static final String TWO = "6f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6b";
    private static final String BATCH = "7f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6c";
    @TempDir
    private Path folder;
    private ScriptedServer server;

    @BeforeEach
    void serve() throws IOException {
        server = ScriptedServer.start();
        server.on("POST " + DOWNLOADS + "/batch", ScriptedServer.json(200, "{\"id\":\"" + BATCH + "\",\"items\":[" + line(ONE, "1") + ",{\"result\":\"invalid\",\"message\":"
                + "\"No id.\"}," + line(TWO, "2") + "]}"));
        server.on("GET " + DOWNLOADS, ScriptedServer.json(200, "{\"downloads\":[],\"pagination\":{\"hasMore\":false}}"));
        server.on("GET " + DOWNLOADS + "/" + ONE, ScriptedServer.json(200, download(ONE, "1")));
        server.on("GET " + DOWNLOADS + "/" + TWO, ScriptedServer.json(200, download(TWO, "2")));
        for (String id : new String[] {ONE, TWO}) {
            server.on("GET " + DOWNLOADS + "/" + id + "/zip", exchange -> ScriptedServer.send(exchange, 200, id.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String line(String id, String item) {
        return "{\"result\":\"created\",\"downloadId\":\"" + id + "\",\"pubfileId\":\"" + item + "\"}";
    }

    private static String download(String id, String item) {
        return "{\"id\":\"" + id + "\",\"pubfileId\":\"" + item + "\",\"status\":\"success\",\"contentAvailable\":true}";
    }

    @Test
    void eachItemIsToldAlsoTheRefusedOne() throws IOException {
        CommandRun run = run("--wait", "--json");
        assertThat(run.code()).isEqualTo(1);
        JsonNode told = new ObjectMapper().readTree(run.out());
        assertThat(told).hasSize(3);
        assertThat(told.path(0).path("status").asText()).isEqualTo("success");
        assertThat(told.path(1).path("result").asText()).isEqualTo("invalid");
        assertThat(told.path(2).path("id").asText()).isEqualTo(TWO);
    }

    @Test
    void theBatchIsToldThatShareCreateGoesBy() throws IOException {
        assertThat(run().out().lines()).containsExactly("1  " + ONE + "  created", "2  " + TWO + "  created", "batch  " + BATCH);
        for (String[] how : new String[][] {{"--json"}, {"--json", "--wait"}}) {
            JsonNode told = new ObjectMapper().readTree(run(how).out());
            assertThat(told).hasSize(3).allSatisfy(one -> assertThat(one.path("batchId").asText()).isEqualTo(BATCH));
        }
        server.on("POST " + DOWNLOADS + "/batch", ScriptedServer.json(200, "{\"id\":\"" + BATCH + "\",\"items\":[{\"result\":\"invalid\"}]}"));
        assertThat(run().out()).as("nothing is in it").isEmpty();
    }

    @Test
    void whatIsSubmittedIsToldThoughTheRestFails() throws IOException {
        server.on("GET " + DOWNLOADS, ScriptedServer.json(403, "{\"message\":\"No longer.\"}"));
        CommandRun run = run("--wait", "--json");
        assertThat(run.code()).isEqualTo(5);
        assertThat(new ObjectMapper().readTree(run.out()).path(0).path("downloadId").asText()).isEqualTo(ONE);
    }

    @Test
    void oneThatCannotBeSavedDoesNotStopTheOthersAndNothingIsReplaced() throws IOException {
        Files.writeString(folder.resolve("1.zip"), "mine");
        CommandRun run = run("-o", folder.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("1 was not saved: " + folder.resolve("1.zip") + " is there already");
        assertThat(folder.resolve("1.zip")).hasContent("mine");
        assertThat(folder.resolve("2.zip")).hasContent(TWO);
        run("-o", folder.toString(), "--force");
        assertThat(folder.resolve("1.zip")).hasContent(ONE);
    }

    @Test
    void whatFailedOrIsGoneIsNotSavedAndEndsWithAFailure() {
        server.on("POST " + DOWNLOADS + "/batch", ScriptedServer.json(200, "{\"id\":\"" + BATCH + "\",\"items\":[" + line(ONE, "1") + "]}"));
        for (HttpHandler end : List.of(ScriptedServer.json(200, "{\"id\":\"" + ONE + "\",\"pubfileId\":\"1\",\"status\":\"failed\",\"contentAvailable\":false}"),
                ScriptedServer.json(404, "{\"message\":\"There is no such download.\",\"code\":\"not_found\"}"))) {
            server.on("GET " + DOWNLOADS + "/" + ONE, end);
            assertThat(CommandRun.of(settings(), "remote", "download", "1", "-o", folder.toString()).code()).isEqualTo(1);
        }
        assertThat(server.asked()).doesNotContain("GET " + DOWNLOADS + "/" + ONE + "/zip");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aListIsSubmittedOnceHoweverOftenItIsSent() {
        Set<String> keys = ConcurrentHashMap.newKeySet();
        server.on("POST " + DOWNLOADS + "/batch", exchange -> {
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
            ScriptedServer.json(503, "{\"message\":\"Not now.\"}", "Retry-After", "0").handle(exchange);
        });
        assertThat(run().code()).isEqualTo(4);
        assertThat(keys).singleElement().asString().hasSize(36);
        run();
        assertThat(keys).as("another command is another list").hasSize(2);
    }

    @Test
    void whoMayNotFetchOneFetchesNone() {
        server.on("GET " + DOWNLOADS + "/" + ONE + "/zip", ScriptedServer.json(403, "{\"message\":\"No longer.\"}"));
        assertThat(run("-o", folder.toString()).code()).isEqualTo(5);
        assertThat(server.asked()).doesNotContain("GET " + DOWNLOADS + "/" + TWO + "/zip");
    }

    @Test
    void aPlaceThatCannotBeIsToldBeforeAnythingIsAskedFor() {
        CommandRun run = CommandRun.of(settings(), "remote", "download", "1", "-o", folder.resolve("absent/1.zip").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("There is no folder for ");
        assertThat(server.asked()).isEmpty();
    }

    private CommandRun run(String... more) {
        return CommandRun.of(settings(), Stream.concat(Stream.of("remote", "download", "1", "nonsense", "2"), Stream.of(more)).toArray(String[]::new));
    }

    private Map<String, String> settings() {
        return Map.of("wallwhale.url", server.url(), "wallwhale.api-key", ScriptedServer.KEY);
    }
}
