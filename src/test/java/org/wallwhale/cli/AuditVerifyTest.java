package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.Settings;
import picocli.CommandLine;

/** Against a server that answers as it is told to those who have the key. */
class AuditVerifyTest {
    private static final String KEY = "ww_live_" + "k".repeat(36);
    private static final String INTACT = "{\"intact\":true,\"links\":12345,\"waiting\":1,\"fault\":null,\"brokenAt\":null,"
            + "\"from\":\"2026-01-02T03:04:05Z\",\"until\":\"2026-02-03T04:05:06Z\",\"dropped\":10,\"lastPosition\":12355,\"lastHash\":\"ab12\"}";
    private static final String BROKEN = "{\"intact\":false,\"links\":2,\"waiting\":0,\"fault\":\"Entry 3 is missing.\",\"brokenAt\":3,"
            + "\"from\":\"2026-01-02T03:04:05Z\",\"until\":\"2026-02-03T04:05:06Z\",\"dropped\":0,\"lastPosition\":2,\"lastHash\":\"ab12\"}";
    private static final String EMPTY = "{\"intact\":true,\"links\":0,\"waiting\":3,\"fault\":null,\"brokenAt\":null,\"from\":null,"
            + "\"until\":null,\"dropped\":0,\"lastPosition\":0,\"lastHash\":\"00\"}";
    @TempDir
    private Path folder;
    private final StringWriter shown = new StringWriter();
    private final StringWriter complained = new StringWriter();
    private HttpServer server;
    private int status = 200;
    private String answer = INTACT;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean allowed = KEY.equals(exchange.getRequestHeaders().getFirst("X-API-Key"));
            boolean known = exchange.getRequestURI().getPath().endsWith("/api/v1/admin/audit-logs/verification");
            byte[] body = (allowed ? answer : "{\"message\":\"No.\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(!allowed ? 401 : known ? status : 404, body.length);
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
    void anIntactLogIsToldInSentences() {
        assertThat(verify(Map.of())).isZero();
        assertThat(shown.toString().lines()).containsExactly("The audit log is intact.",
                "Recomputed: 12,345 entries, from 2026-01-02T03:04:05Z to 2026-02-03T04:05:06Z; each follows from the one before.",
                "Gone before them, because their time was over: 10 entries.",
                "Both ends are signed with the server's key. The last one is entry 12,355, whose hash is ab12: keep it elsewhere, and nobody "
                + "can put an older state back unnoticed.",
                "Too new to be chained yet: 1 entry.");
        assertThat(complained.toString()).isEmpty();
    }

    @Test
    void anEmptyLogIsIntact() {
        answer = EMPTY;
        assertThat(verify(Map.of())).isZero();
        assertThat(shown.toString().lines()).containsExactly("The audit log is intact.", "Nothing was chained yet.",
                "Too new to be chained yet: 3 entries.");
    }

    @Test
    void aBrokenOneIsToldWithItsPlaceAndTheCode() {
        answer = BROKEN;
        assertThat(verify(Map.of())).isEqualTo(1);
        assertThat(shown.toString().lines()).containsExactly("The audit log is BROKEN. Entry 3 is missing.",
                "As they were written: 2 entries, from 2026-01-02T03:04:05Z to 2026-02-03T04:05:06Z; the last good one is entry 2.");
    }

    @Test
    void aTerminalIsNotObedientToWhatIsFound() {
        answer = BROKEN.replace("is missing", "\\u001b[2J\\n\\u009b\\u202eis fine");
        assertThat(verify(Map.of())).isEqualTo(1);
        assertThat(shown.toString()).startsWith("The audit log is BROKEN. Entry 3 ?[2J???is fine.");
        assertThat(verify(Map.of(), "--json")).isEqualTo(1);
        assertThat(shown.toString().strip()).matches("\\p{ASCII}*").doesNotContain("\u001b");
    }

    @Test
    void scriptsGetTheAnswerAsItIs() throws IOException {
        answer = BROKEN;
        assertThat(verify(Map.of(), "--json")).isEqualTo(1);
        assertThat(new ObjectMapper().readTree(shown.toString())).isEqualTo(new ObjectMapper().readTree(BROKEN));
    }

    @Test
    void whatIsSetWronglyIsToldWithItsCure() {
        assertThat(verify(Map.of("wallwhale.api-key", ""))).isEqualTo(3);
        assertThat(sentence()).startsWith("You are not logged in: run `wallwhale login`, or set WALLWHALE_API_KEY");
        assertThat(verify(Map.of("wallwhale.api-key", "ww_live_a\nb"))).isEqualTo(3);
        assertThat(sentence()).startsWith("WALLWHALE_API_KEY holds no API key").doesNotContain("ww_live_a");
        for (String wrong : new String[] {"wallwhale.example", "ftp://wallwhale.example", "http://", "http://u:secret@host", "http://a b"}) {
            assertThat(verify(Map.of("wallwhale.url", wrong))).isEqualTo(3);
            assertThat(sentence()).startsWith("WALLWHALE_URL must be the address of a server").doesNotContain("secret");
        }
        assertThat(verify(Map.of("wallwhale.http.port", "none"))).isEqualTo(3);
        assertThat(sentence()).startsWith("WALLWHALE_HTTP_PORT must be");
    }

    @Test
    void whoMayNotIsTold() {
        assertThat(verify(Map.of("wallwhale.api-key", KEY.replace('k', 'x')))).isEqualTo(5);
        assertThat(sentence()).isEqualTo("The server refused (401): No.");
        status = 403;
        assertThat(verify(Map.of())).isEqualTo(5);
    }

    @Test
    void nothingButABrokenLogHasItsCode() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        for (int code : new int[] {404, 429, 500, 503}) {
            status = code;
            answer = "{\"message\":\"Not now.\"}";
            assertThat(verify(Map.of())).isEqualTo(code == 404 ? 2 : 4);
            assertThat(sentence()).isEqualTo("The server refused (" + code + "): Not now.");
        }
        status = 200;
        for (String other : new String[] {"<html>", "{}", "", "[]", "{\"intact\":true}"}) {
            answer = other;
            assertThat(verify(Map.of())).as(other).isEqualTo(4);
            assertThat(sentence()).isNotBlank();
        }
        server.stop(0);
        assertThat(verify(Map.of())).isEqualTo(4);
        assertThat(sentence()).startsWith("The server at " + url + " cannot be reached (").endsWith("set WALLWHALE_URL to where it is.")
                .doesNotContain("null");
    }

    @Test
    void aServerBelowAnotherAddressIsFound() {
        assertThat(verify(Map.of("wallwhale.http.port", "1", "wallwhale.url", "http://localhost:" + server.getAddress().getPort() + "/depot/"))).isZero();
    }

    @Test
    void wrongUseHasACodeOfItsOwn() {
        assertThat(verify(Map.of(), "--nonsense")).isEqualTo(2);
        assertThat(verify(Map.of(), "--file", folder.resolve("absent").toString())).isEqualTo(2);
        assertThat(verify(Map.of(), "--file", folder.toString())).isEqualTo(2);
        assertThat(complained.toString()).contains("There is no file " + folder.resolve("absent"));
    }

    @Test
    void anExportNeedsNeitherServerNorKey() throws IOException {
        server.stop(0);
        Path export = Files.writeString(folder.resolve("export.ndjson"), "no entry\n");
        assertThat(verify(Map.of("wallwhale.api-key", ""), "--file", export.toString())).isEqualTo(1);
        assertThat(shown.toString()).startsWith("The audit log is BROKEN. Line 1 of the file is no entry of an audit log.");
    }

    @Test
    void aServerIsReachedWhereverItListens() {
        assertThat(ServerAddress.base("0.0.0.0", 1)).isEqualTo("http://127.0.0.1:1");
        assertThat(ServerAddress.base("::", 1)).isEqualTo("http://127.0.0.1:1");
        assertThat(ServerAddress.base("::1", 1)).isEqualTo("http://[::1]:1");
        assertThat(ServerAddress.base("host.example", 1)).isEqualTo("http://host.example:1");
    }

    /** As {@link Main} runs it. */
    private int verify(Map<String, String> changes, String... arguments) {
        Map<String, String> settings = new HashMap<>(Map.of("wallwhale.http.address", "127.0.0.1", "wallwhale.http.port",
                String.valueOf(server.getAddress().getPort()), "wallwhale.api-key", KEY, "xdg.config.home", folder.toString(),
                "wallwhale.data-dir", folder.toString(), "wallwhale.tls.enabled", "false", "wallwhale.tls.plain-port", "0"));
        settings.putAll(changes);
        shown.getBuffer().setLength(0);
        return Main.line(new AuditVerify(new Settings(key -> Optional.ofNullable(settings.get(key))))).setOut(new PrintWriter(shown, true))
                .setErr(new PrintWriter(complained, true)).execute(arguments);
    }

    /** What was complained of since it was asked last. */
    private String sentence() {
        String sentence = complained.toString().strip();
        complained.getBuffer().setLength(0);
        return sentence;
    }
}
