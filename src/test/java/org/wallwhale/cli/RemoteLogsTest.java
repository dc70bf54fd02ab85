package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code remote logs} against a server whose stream breaks. */
class RemoteLogsTest {
    private static final String ID = "5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6a";
    private static final String LOGS = "GET " + ServerCommand.DOWNLOADS + "/" + ID + "/logs";
    private ScriptedServer server;

    @BeforeEach
    void serve() throws IOException {
        server = ScriptedServer.start();
        server.on("GET " + ServerCommand.DOWNLOADS + "/" + ID, ScriptedServer.json(200, "{\"id\":\"" + ID + "\",\"status\":\"running\"}"));
        server.on(LOGS, exchange -> {
            boolean again = "2".equals(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
            ScriptedServer.send(exchange, 200, (again ? "id: 3\ndata: three\n\nevent: end\ndata: success\n\n"
                    : "retry: 3000\n\nid: 1\ndata: one\u001b[2J\n\n:\n\nid: 2\ndata: two\n\nid: 9\ndata: cut of").getBytes(StandardCharsets.UTF_8));
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whoFollowsMissesNothingAndSeesNothingTwice() throws IOException {
        CommandRun run = logs("-f", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode log = new ObjectMapper().readTree(run.out());
        assertThat(log.path("lines").toString()).isEqualTo("[\"one\\u001B[2J\",\"two\",\"three\"]");
        assertThat(log.path("status").textValue()).isEqualTo("success");
        assertThat(server.asked().stream().filter(LOGS::equals)).hasSize(2);
    }

    @Test
    void whoDoesNotFollowGetsWhatThereIs() {
        CommandRun run = logs();
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines()).containsExactly("one?[2J", "two");
        assertThat(run.err()).contains("The download has not ended", "-f waits for the rest");
        assertThat(server.asked().stream().filter(LOGS::equals)).hasSize(1);
    }

    @Test
    void theLogOfWhatHasEndedIsWholeThoughTheServerTakesItsTime() throws IOException {
        server.on("GET " + ServerCommand.DOWNLOADS + "/" + ID, ScriptedServer.json(200, "{\"id\":\"" + ID + "\",\"status\":\"failed\",\"attempt\":1}"));
        AtomicInteger calls = new AtomicInteger();
        server.on(LOGS, exchange -> ScriptedServer.send(exchange, 200, (calls.incrementAndGet() == 1 ? "retry: 3000\n\n"
                : "id: 1\ndata: one\n\nevent: end\ndata: failed\n\n").getBytes(StandardCharsets.UTF_8)));
        CommandRun run = logs("--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("has not ended");
        assertThat(new ObjectMapper().readTree(run.out())).isEqualTo(new ObjectMapper().readTree(
                "{\"status\":\"failed\",\"lines\":[\"one\"],\"whole\":true}"));
    }

    @Test
    void aRunBeforeThePresentOneIsOverToo() {
        server.on("GET " + ServerCommand.DOWNLOADS + "/" + ID, ScriptedServer.json(200, "{\"id\":\"" + ID + "\",\"status\":\"running\",\"attempt\":2}"));
        CommandRun run = logs("--attempt", "1");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines()).containsExactly("one?[2J", "two", "three");
        assertThat(run.err()).doesNotContain("has not ended");
    }

    @Test
    void aConnectionThatBreaksIsNotTheEnd() {
        server.on(LOGS, exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("id: 1\ndata: one\n\n".getBytes(StandardCharsets.UTF_8));
        });
        CommandRun run = logs();
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out().lines()).containsExactly("one");
        assertThat(run.err()).contains("cannot be reached");
    }

    private CommandRun logs(String... more) {
        String[] arguments = Stream.concat(Stream.of("remote", "logs", ID), Stream.of(more))
                .toArray(String[]::new);
        return CommandRun.of(Map.of("wallwhale.url", server.url(), "wallwhale.api-key", ScriptedServer.KEY), arguments);
    }
}
