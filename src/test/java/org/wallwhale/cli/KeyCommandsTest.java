package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code key} against a server with a key of each state. */
class KeyCommandsTest {
    private static final String KEYS = "/api/v1/admin/api-keys";
    private static final String ID = "5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6";
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private ScriptedServer server;

    @BeforeEach
    void serve() throws IOException {
        server = ScriptedServer.start();
        String expired = key(1, "first", "2020-01-31T00:00:00Z", null);
        String revoked = key(2, "nightly", null, "2020-01-31T00:00:00Z");
        String good = key(3, "good", "2999-01-31T00:00:00Z", null);
        server.on("GET " + KEYS, ScriptedServer.json(200, "{\"apiKeys\":[" + expired + "," + revoked + "," + good + "],\"pagination\":{\"hasMore\":false}}"))
                .on("GET " + KEYS + "/" + ID + 1, ScriptedServer.json(200, expired)).on("GET " + KEYS + "/" + ID + 2, ScriptedServer.json(200, revoked))
                .on("GET " + KEYS + "/" + ID + 3, ScriptedServer.json(200, good)).on("POST " + KEYS, exchange -> {
                    bodies.add(new String(exchange.getRequestBody().readAllBytes()));
                    ScriptedServer.json(201, "{\"key\":\"ww_live_text\",\"apiKey\":" + good + "}").handle(exchange);
                });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String key(int last, String name, String expiresAt, String revokedAt) {
        return "{\"id\":\"" + ID + last + "\",\"name\":\"" + name + "\",\"isActive\":true,\"expiresAt\":" + json(expiresAt) + ",\"revokedAt\":"
                + json(revokedAt) + "}";
    }

    private static String json(String text) {
        return text == null ? null : '"' + text + '"';
    }

    @Test
    void oneThatHasExpiredIsNotToldToBeActive() throws IOException {
        assertThat(run("key", "list").out().lines().map(line -> line.split(" +")[3])).containsExactly("state", "expired", "revoked", "active");
        assertThat(run("key", "show", "first").out()).containsPattern("state +expired");
        assertThat(new ObjectMapper().readTree(run("key", "list", "--json").out()).findValuesAsText("state")).containsExactly("expired", "revoked", "active");
    }

    @Test
    void aRevokedOneIsFoundByItsNameWhereNoOtherHasIt() {
        CommandRun shown = run("key", "show", "nightly");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("revokedAt", ID + 2);
        String another = key(3, "nightly", null, null);
        server.on("GET " + KEYS, ScriptedServer.json(200, "{\"apiKeys\":[" + key(2, "nightly", null, "2020-01-31T00:00:00Z") + "," + another + "]}"))
                .on("GET " + KEYS + "/" + ID + 3, ScriptedServer.json(200, another));
        assertThat(run("key", "show", "nightly").out()).contains(ID + 3).doesNotContain("revokedAt");
    }

    @Test
    void whoLosesTheTextIsToldToEndTheKey() {
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int from, int count) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {
                // nothing is kept
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        StringWriter err = new StringWriter();
        settings().forEach(System::setProperty);
        try {
            assertThat(Main.line(new Main()).setOut(new PrintWriter(full)).setErr(new PrintWriter(err, true))
                    .execute("key", "create", "good", "--scope", "download:*")).isEqualTo(1);
        } finally {
            settings().keySet().forEach(System::clearProperty);
        }
        assertThat(err.toString()).contains("nobody can see it any longer: end the key with `wallwhale key revoke " + ID + "3 --yes`");
    }

    @Test
    void itsEndIsATimeOrFromNowOn() throws IOException {
        assertThat(run("key", "create", "good", "--scope", "download:*", "--expires-at", "2030-01-31T00:00:00Z").code()).isZero();
        assertThat(run("key", "create", "good", "--scope", "download:*", "--expire", "2d").code()).isZero();
        assertThat(new ObjectMapper().readTree(bodies.get(0)).path("expiresAt").asText()).isEqualTo("2030-01-31T00:00:00Z");
        assertThat(Instant.parse(new ObjectMapper().readTree(bodies.get(1)).path("expiresAt").asText()))
                .isBetween(Instant.now().plus(Duration.ofHours(47)), Instant.now().plus(Duration.ofHours(49)));
        CommandRun wrong = run("key", "create", "good", "--scope", "download:*", "--expire", "2 days");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--expire", "2030-01-31T22:00:00Z", "7d", "'2 days'");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(settings(), arguments);
    }

    private Map<String, String> settings() {
        return Map.of("wallwhale.url", server.url(), "wallwhale.api-key", ScriptedServer.KEY);
    }
}
