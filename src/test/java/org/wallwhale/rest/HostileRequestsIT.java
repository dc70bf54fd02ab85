package org.wallwhale.rest;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Operation;
import org.wallwhale.Problems;
import org.wallwhale.ServerKind;

/** Requests that nobody sends by mistake. */
class HostileRequestsIT extends HttpTest {
    private static final String KEYS = "/api/v1/admin/api-keys";
    private final Api administrator = Api.administrator();

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/%2561dmin/api-keys", "/api/v1/downloads/%252e%252e/admin/api-keys", "/%252e%252e/WEB-INF/web.xml",
        "/%2557EB-INF/web.xml", "/api%252fv1/downloads"})
    void anAddressIsDecodedOnce(String path) {
        Problems.demand(administrator.get(path), 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/%61dmin/api-keys", "/%61pi/v1/admin/api-keys", "/api/v1/./admin/api-keys", "/api/v1/x/../admin/api-keys",
        "/api/v1//admin/api-keys", "//api/v1/admin/api-keys", "/api/v1/admin/api-keys;x=1", "/api;x=1/v1/admin/api-keys", "/%76%31/admin/api-keys",
        "/v1;x/admin/api-keys", "/api/v1/admin/api-keys/", "/API/v1/admin/api-keys"})
    void noSpellingOfAnAddressGoesPastTheCredentials(String path) {
        Answer answer = Api.anonymous().get(path);
        assertThat(answer.status()).as(answer.text()).isIn(400, 401, 404);
        Problems.demand(answer, answer.status(), answer.json().get("code").textValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "9223372036854775808", "18446744073709551616", "-1", "-2147483649", "1e400", "1e2", "0x10", "NaN",
        "10000000000", "1.0", "+1", "%20"})
    void aNumberOutOfRangeIsRefusedInTheQuery(String number) {
        for (String address : List.of(DOWNLOADS + "?limit=", DOWNLOADS + "?offset=", KEYS + "?limit=", KEYS + "?offset=",
                "/api/v1/admin/audit-logs?limit=", "/api/v1/admin/audit-logs?offset=",
                DOWNLOADS + "/" + UUID.randomUUID() + "/logs?attempt=")) {
            Answer answer = administrator.get(address + number.replace("+", "%2B"));
            Problems.demand(answer, 400, "invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "9223372036854775808", "18446744073709551616", "-1", "1e400", "1.5", "\"1\"", "NaN", "01"})
    void aNumberOutOfRangeIsRefusedInTheBody(String number) {
        String download = "{\"urlOrId\":\"3000000000\",\"accountName\":\"sandbox\",\"priority\":"
                + number.replace("-1", "-2147483649") + "}";
        String key = "{\"name\":\"k\",\"scopes\":[\"download:read\"],\"rateLimit\":" + number + "}";
        for (Answer answer : List.of(json(DOWNLOADS, download), json(KEYS, key))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            Problems.demand(answer, 400, answer.json().get("code").textValue());
        }
    }

    @Test
    void aPageIsNeverHugeAndOneFarBeyondTheEndIsEmpty() {
        for (String list : List.of(DOWNLOADS, KEYS, "/api/v1/admin/audit-logs")) {
            Problems.demand(administrator.get(list + "?limit=1000000000"), 400, "invalid");
            Problems.demand(administrator.get(list + "?offset=1000000000"), 400, "invalid");
        }
        assertThat(administrator.get(DOWNLOADS + "?offset=1000000").json().get("downloads")).isEmpty();
        assertThat(administrator.get(KEYS + "?offset=1000000").json().get("apiKeys")).isEmpty();
        assertThat(administrator.get("/api/v1/admin/audit-logs?offset=1000000").json().get("auditLogs")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?status=queued&status=running", "?q=a&q=b", "?sort=createdAt&sort=-createdAt", "?limit=1&%6cimit=2"})
    void aQueryParameterThatIsGivenTwiceIsRefused(String query) {
        Problems.demand(administrator.get(DOWNLOADS + query), 400, "invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/xml", "application/json+xml", "application/x-java-serialized-object",
        "application/octet-stream", "application/x-yaml", "application/vnd.x+json"})
    void whatIsNotJsonIsNotEvenLookedAt(String type) throws IOException {
        String xml = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><urlOrId>&f;</urlOrId>";
        for (byte[] body : new byte[][] {xml.getBytes(StandardCharsets.UTF_8), serialized()}) {
            Answer answer = administrator.send("POST", DOWNLOADS, ofByteArray(body), "Content-Type", type);
            Problems.demand(answer, 415, "unsupported_media_type");
            assertThat(answer.text()).doesNotContain("root:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"@type", "@class", "class", "__proto__", "constructor", "$type"})
    void noMemberNamesAClass(String member) throws IOException {
        Problems.demand(json(DOWNLOADS, "{\"" + member + "\":\"java.util.HashMap\",\"urlOrId\":\"3000000000\"}"), 400, "malformed");
        Problems.demand(json(DOWNLOADS, "[\"java.util.HashMap\",{\"urlOrId\":\"3000000000\"}]"), 400, "malformed");
        Problems.demand(administrator.send("POST", DOWNLOADS, ofByteArray(serialized()), "Content-Type", "application/json"), 400, "malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32BE", "UTF-32LE"})
    void jsonIsUtf8AndNothingElse(String charset) {
        byte[] body = "{\"urlOrId\":\"3000000000\",\"accountName\":\"sandbox\"}".getBytes(Charset.forName(charset));
        for (String type : List.of("application/json", "application/json; charset=" + charset)) {
            Problems.demand(administrator.send("POST", DOWNLOADS, ofByteArray(body), "Content-Type", type), 400, "malformed");
        }
    }

    @Test
    void aByteOrderMarkIsNoJson() {
        Problems.demand(json(DOWNLOADS, "\ufeff{\"urlOrId\":\"3000000000\",\"accountName\":\"sandbox\"}"), 400, "malformed");
    }

    @Test
    void memberNamesInTwoSpellingsAreTwice() {
        Problems.demand(json(DOWNLOADS, "{\"urlOrId\":\"1\",\"url\\u004frId\":\"3000000000\"}"), 400, "malformed");
    }

    @Test
    void aLongTextIsRefusedWhereverAPatternReadsIt() {
        List<String> long5000 = List.of("a".repeat(5000), "1".repeat(5000), "a@".repeat(2500), "https://steamcommunity.com/" + "a/".repeat(2500),
                "a ".repeat(2500), "download:".repeat(550), "1.".repeat(2500), "2026-".repeat(1000));
        List<Answer> answers = new ArrayList<>();
        for (String text : long5000) {
            answers.add(json(DOWNLOADS, Api.object().put("urlOrId", text).toString()));
            answers.add(json(DOWNLOADS, Api.object().put("urlOrId", text.substring(0, 2048)).toString()));
            for (String member : List.of("kind", "expiresAt", "name")) {
                answers.add(json(KEYS, Api.object().put("name", "k").put(member, text).toString()));
            }
            for (String member : List.of("scopes", "ipAllow")) {
                answers.add(json(KEYS, Api.object().put("name", "k").set(member, Api.object().arrayNode().add(text)).toString()));
            }
            answers.add(json("/api/v1/auth/login", Api.object().put("email", text).put("password", "x").toString()));
            String query = text.replace(" ", "%20").replace("/", "%2F");
            answers.add(administrator.get(DOWNLOADS + "?sort=" + query));
            answers.add(administrator.get("/api/v1/admin/audit-logs?startDate=" + query));
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(400));
    }

    @Test
    void noOperationKnowsAnotherMethod() {
        SoftAssertions.assertSoftly(softly -> Operation.all().forEach(operation -> {
            for (String method : List.of("TRACE", "PROPFIND", "FROBNICATE")) {
                softly.assertThat(administrator.send(method, operation.address(Map.of()), noBody()).status())
                        .as(method + " " + operation.path()).isEqualTo(405);
            }
        }));
    }

    @Test
    void noBodyTakesAMemberThatIsNotItsOwn() {
        SoftAssertions.assertSoftly(softly -> Operation.all().stream().filter(operation -> operation.body() != null).forEach(operation -> {
            for (String member : List.of("id", "ownerId", "isAdmin", "status", "createdAt", "passwordHash", "requestCount")) {
                Answer answer = operation.send(administrator, operation.address(Map.of()), operation.body().deepCopy().put(member, "admin"));
                softly.assertThat(answer.status()).as(operation + " with " + member + ": " + answer.text())
                        .isIn(operation.method().equals("PATCH") ? List.of(400, 404) : List.of(400));
            }
        }));
    }

    @ParameterizedTest
    @CsvSource({"8, X-Padding", "16, X-Padding", "200, X-Padding", "16, Authorization", "200, X-API-Key", "16, Cookie", "16, Last-Event-ID"})
    void aLongHeaderIsRefusedOrIgnored(int kilobytes, String header) throws IOException {
        String request = "GET " + Api.CONTEXT + DOWNLOADS + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + ": "
                + "a".repeat(kilobytes * 1024) + "\r\n\r\n";
        try {
            assertThat(raw(request)).matches("(?s)(HTTP/1\\.1 (400|401|413|431) .*)?").doesNotContain("Exception", "Grizzly", "org.", "Payara");
        } catch (SocketException e) {
            // the server did not wait for the rest of it
        }
        assertThat(Api.anonymous().get("/openapi").status()).as("the server goes on").isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {262_145, 10_000_000, 104_857_600})
    void aBodyThatAnnouncesMegabytesIsRefusedBeforeItComes(int bytes) throws IOException {
        String answer = raw("POST " + Api.CONTEXT + "/api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + bytes + "\r\n\r\n{");
        if (ServerKind.underTest() == ServerKind.WILDFLY && bytes > 10 * 1024 * 1024) {
            assertThat(answer).as("its listener's own limit").startsWith("HTTP/1.1 400 ").contains("Connection: close", "Content-Length: 0");
        } else {
            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "x-gzip", "identity, gzip"})
    void aCompressedBodyIs415(String encoding) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"urlOrId\":\"3000000000\",\"accountName\":\"sandbox\"}".getBytes(StandardCharsets.US_ASCII));
            gzip.write(" ".repeat(10_000_000).getBytes(StandardCharsets.US_ASCII));
        }
        Problems.demand(administrator.send("POST", DOWNLOADS, ofByteArray(bytes.toByteArray()), "Content-Type", "application/json",
                "Content-Encoding", encoding), 415, "unsupported_media_type");
    }

    @Test
    void aBodyWithoutAnEncodingMaySaySo() {
        assertThat(administrator.post(DOWNLOADS, "{}", "Content-Type", "application/json", "Content-Encoding", "identity").status()).isEqualTo(400);
    }

    private Answer json(String path, String body) {
        return administrator.post(path, body, "Content-Type", "application/json");
    }

    private static byte[] serialized() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(List.of("a", "b")));
        }
        return bytes.toByteArray();
    }

    /** How the answer begins. */
    private static String raw(String request) throws IOException {
        URI server = URI.create(Api.ROOT);
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder answer = new StringBuilder(new String(socket.getInputStream().readNBytes(600), StandardCharsets.ISO_8859_1));
            // Some servers name themselves in the head, and some keep the connection.
            for (int next = 0; next >= 0 && answer.indexOf("\r\n\r\n") < 0; ) {
                next = socket.getInputStream().read();
                answer.append((char) next);
            }
            return answer.toString();
        }
    }
}
