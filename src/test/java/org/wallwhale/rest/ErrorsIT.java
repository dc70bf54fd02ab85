package org.wallwhale.rest;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;
import static java.net.http.HttpRequest.BodyPublishers.ofInputStream;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;
import org.wallwhale.ServerKind;

class ErrorsIT extends HttpTest {
    private static final int LIMIT_BYTES = 256 * 1024;
    private final Api user = Api.secondUser();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "malformed |                  | The body is empty; send a JSON object.",
        "malformed | `  `             | The body is empty; send a JSON object.",
        "malformed | {                | The body is not valid JSON.",
        "malformed | nonsense         | The body is not valid JSON.",
        "invalid   | null             | The body is missing",
        "malformed | []               | an object is expected",
        "malformed | \"3000000000\"   | ",
        "malformed | {} {}            | The body goes on after the end of the JSON object.",
        "invalid   | {}               | urlOrId is missing",
        "invalid   | {\"urlOrId\":null} | urlOrId is missing",
        "invalid   | {\"urlOrId\":\"\"} | urlOrId is missing",
        "malformed | {\"urlOrId\":3000000000} | a text is expected",
        "malformed | {\"urlOrId\":[\"3000000000\"]} | a text is expected",
        "malformed | {\"urlOrId\":{}} | a text is expected",
        "malformed | {\"urlOrId\":true} | a text is expected",
        "malformed | {\"urlOrId\":\"1\",\"urlOrId\":\"2\"} | A member is given twice.",
        "malformed | {\"urlOrId\":\"1\",\"id\":\"2\"} | There is no member named \"id\" here.",
        "malformed | {\"urlOrId\":\"1\",\"URLORID\":\"2\"} | There is no member named \"URLORID\" here.",
        "malformed | {\"urlOrId\":\"1\\u0000\"} | The character U+0000 is not allowed in text.",
        "malformed | {\"urlOrId\":\"1\",\"priority\":1E+2147483647} | ",
        "malformed | {\"urlOrId\":\"1\",\"priority\":1e999999999999} | ",
        "malformed | {\"urlOrId\":\"1\",\"priority\":1.5} | a number within range is expected",
        "malformed | {\"urlOrId\":\"1\",\"priority\":\"1\"} | a number within range is expected",
        "malformed | {\"urlOrId\":\"1\",\"priority\":99999999999} | a number within range is expected",
        "malformed | {\"urlOrId\":\"1\",\"priority\":true} | a number within range is expected",
        "invalid   | {\"urlOrId\":\"1\",\"priority\":101} | priority is above 100",
        "malformed | {\"urlOrId\":\"1\",\"startAt\":\"soon\"} | a time such as 2026-01-31T12:00:00Z is expected",
        "malformed | {\"urlOrId\":\"1\",\"startAt\":1700000000} | a time such as 2026-01-31T12:00:00Z is expected",
        "malformed | {\"urlOrId\":\"1\",\"startAt\":\"+1000000000-12-31T23:59:59Z\"} | ",
        "invalid   | {\"urlOrId\":\"https://example.org/?id=1\"} | ",
        "invalid   | {\"urlOrId\":\"18446744073709551615\"} | ",
    })
    void aBadBodyIsRefusedInPlainWords(String code, String body, String told) {
        JsonNode problem = Problems.demand(user.post(DOWNLOADS, body == null ? "" : body, "Content-Type", "application/json"),
                400, code);
        assertThat(problem.get("message").textValue()).contains(told == null ? "" : told);
    }

    @Test
    void aFaultIsPointedAt() {
        JsonNode problem = Problems.demand(user.post(DOWNLOADS, Api.object().put("urlOrId", "1").put("priority", 101)), 400,
                "invalid");
        assertThat(problem.get("errors")).hasSize(1);
        assertThat(problem.get("errors").get(0).get("pointer").textValue()).isEqualTo("/priority");
        JsonNode malformed = Problems.demand(user.post(DOWNLOADS, Api.object().put("urlOrId", "1").put("priority", "x")), 400,
                "malformed");
        assertThat(malformed.get("errors").get(0).get("pointer").textValue()).isEqualTo("/priority");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "{\"urlOrId\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        Problems.demand(user.post(DOWNLOADS, deep, "Content-Type", "application/json"), 400, "malformed");
        String unknown = "{\"unknown\":" + "{\"a\":".repeat(40_000) + "1" + "}".repeat(40_000) + "}";
        Problems.demand(user.post(DOWNLOADS, unknown, "Content-Type", "application/json"), 400, "malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=x", "?limit=", "?offset=-1", "?status=done", "?sort=size", "?after=x",
        "?unknown=1", "?Limit=1",
        "?limit=1&limit=2", "?q=%00", "?q=a%00b", "?pubfileId=1%00", "?limit=%EF%BC%91",
        "?after=KzEwMDAwMDAwMDAtMTItMzFUMjM6NTk6NTlafDExMTExMTExLTExMTEtMTExMS0xMTExLTExMTExMTExMTExMQ"})
    void aBadQueryIsRefused(String query) {
        Problems.demand(user.get(DOWNLOADS + query), 400, "invalid");
    }

    @Test
    void anUnknownQueryParameterIsNamedOnEveryAddress() {
        for (Answer answer : new Answer[] {user.get(DOWNLOADS + "?colour=red"),
                user.get(DOWNLOADS + "/" + UUID.randomUUID() + "?colour=red"),
            user.post(DOWNLOADS + "?colour=red", Api.object().put("urlOrId", "1")),
            Api.anonymous().post("/api/v1/auth/login?colour=red", Api.object().put("email", "a@b").put("password", "x"))}) {
            assertThat(Problems.demand(answer, 400, "invalid").get("message").textValue()).contains("\"colour\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/downloads", "/v1/downloads", "/api/v1/admin/api-keys",
        "/api/v1/downloads/5d6f9c9a-4e5f-4e5f-8e5f-5d6f9c9a4e5f/zip"})
    void withoutACredentialTheAnswerIs401(String path) {
        Answer answer = Api.anonymous().get(path);
        Problems.demand(answer, 401, "unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"wallwhale\"");
        assertThat(answer.json().get("detail").textValue()).startsWith("This needs a credential");
    }

    @Test
    void withoutTheScopeTheAnswerIs403() {
        Problems.demand(user.get("/api/v1/admin/api-keys"), 403, "forbidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/nothing/at/all.html", "/api", "/api/", "/api/v2/downloads", "/api/v1/",
        "/api/v1/nothing", "/v1/nothing", "/v1",
        "/api/v1/downloads/not-a-uuid", "/api/v1/downloads/5d6f9c9a-4e5f-4e5f-8e5f-5d6f9c9a4e5f", "/WEB-INF/web.xml",
        "/META-INF/persistence.xml", "/WEB-INF/classes/META-INF/microprofile-config.properties", "/error",
        "/nothing%3Cscript%3E"})
    void whatIsNotThereIs404(String path) {
        Answer answer = user.get(path);
        Problems.demandNotFound(answer, path);
        assertThat(answer.text()).doesNotContain("<script>");
    }

    @ParameterizedTest
    @CsvSource({"PUT, /api/v1/downloads", "DELETE, /api/v1/downloads", "GET, /api/v1/auth/login",
        "POST, /api/v1/downloads/x/zip", "PUT, /v1/downloads",
        "FROBNICATE, /api/v1/downloads", "PROPFIND, /api/v1/downloads", "TRACE, /api/v1/downloads", "TRACE, /v1/downloads",
        "TRACE, /", "TRACE, /nothing", "POST, /nothing", "PUT, /nothing", "DELETE, /nothing", "FROBNICATE, /nothing", "POST, /api"})
    void anUnknownMethodIs405WithTheKnownOnes(String method, String path) {
        Answer answer = user.send(method, path, noBody());
        if (method.equals("TRACE") && ServerKind.underTest() != ServerKind.PAYARA_MICRO) {
            assertThat(answer.status()).as("in the server's own way, before any filter; of Payara Micro we set that it is not").isEqualTo(405);
            assertThat(answer.text()).isEmpty();
            return;
        }
        Problems.demand(answer, 405, "method_not_allowed");
        assertThat(answer.header("Allow").split(", ")).contains("OPTIONS").doesNotContain(method).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/api/v1/downloads | GET, HEAD, OPTIONS, POST", "/v1/downloads | GET, HEAD, OPTIONS, POST",
        "/api/v1/auth/login | OPTIONS, POST", "/api/v1/admin/api-keys/x | DELETE, GET, HEAD, OPTIONS, PATCH, PUT", "/ | GET, HEAD, OPTIONS",
        "/nothing | GET, HEAD, OPTIONS"})
    void optionsTellsWhatExists(String path, String methods) {
        for (Api caller : new Api[] {user, Api.anonymous(), Api.withKey("nonsense")}) {
            Answer answer = caller.send("OPTIONS", path, noBody());
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Allow")).isEqualTo(methods);
            assertThat(answer.header("Content-Type")).isEmpty();
            assertThat(answer.text()).isEmpty();
        }
        Problems.demand(user.send("OPTIONS", "/api/v1/nothing", noBody()), 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
    void aMethodInAHeaderHasNoEffect(String header) {
        assertThat(user.get(DOWNLOADS, header, "POST").status()).isEqualTo(200);
        Problems.demand(user.post(DOWNLOADS, "{}", "Content-Type", "application/json", header, "GET"), 400, "invalid");
    }

    @Test
    void theDescriptionThatTheServerWouldMakeByItselfIsNotThere() {
        Problems.demand(user.get("/api/v1/application.wadl"), 404, "not_found");
        Problems.demand(Api.anonymous().get("/api/v1/application.wadl"), 404, "not_found");
    }

    @Test
    void aTypeThatCannotBeSentIs406() {
        Problems.demand(user.get(DOWNLOADS, "Accept", "text/html"), 406, "not_acceptable");
        Problems.demand(user.get(DOWNLOADS, "Accept", "image/png, text/plain;q=0.5"), 406, "not_acceptable");
        assertThat(user.get(DOWNLOADS, "Accept", "text/html, */*;q=0.1").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x"})
    void aBodyOfAnotherTypeIs415(String type) {
        Problems.demand(user.post(DOWNLOADS, "{\"urlOrId\":\"1\"}", "Content-Type", type), 415, "unsupported_media_type");
    }

    @Test
    void aBodyThatAnnouncesToBeTooLargeIs413() {
        Problems.demand(user.send("POST", DOWNLOADS, ofByteArray(padded(LIMIT_BYTES + 1)), "Content-Type", "application/json"),
                413, "too_large");
    }

    @Test
    void aBodyThatTurnsOutToBeTooLargeIs413() {
        Answer answer = user.send("POST", DOWNLOADS, ofInputStream(() -> new ByteArrayInputStream(padded(LIMIT_BYTES + 1))),
                "Content-Type", "application/json");
        Problems.demand(answer, 413, "too_large");
    }

    @Test
    void aBodyOfTheLargestSizeIsRead() {
        assertThat(user.send("POST", DOWNLOADS, ofByteArray(padded(LIMIT_BYTES)), "Content-Type", "application/json").status())
                .isEqualTo(202);
        assertThat(user.send("POST", DOWNLOADS, ofInputStream(() -> new ByteArrayInputStream(padded(LIMIT_BYTES))),
                "Content-Type", "application/json").status()).isEqualTo(202);
    }

    @Test
    void aBodyThatIsNoUtf8IsRefused() {
        byte[] latin1 = "{\"urlOrId\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
        Problems.demand(user.send("POST", DOWNLOADS, ofByteArray(latin1), "Content-Type", "application/json"), 400, "malformed");
    }

    @Test
    void aRequestIdIsTakenOverIfItIsSane() {
        JsonNode problem = Problems.demand(user.get("/nothing", "X-Request-Id", "trace-0815:a.b_c"), 404, "not_found");
        assertThat(problem.get("instance").textValue()).isEqualTo("trace-0815:a.b_c");
        for (String insane : new String[] {"a b", "x".repeat(65), "<b>", "a\"b"}) {
            JsonNode other = Problems.demand(user.get(DOWNLOADS + "?limit=0", "X-Request-Id", insane), 400, "invalid");
            assertThat(other.get("instance").textValue()).hasSize(36);
        }
    }

    @Test
    void anEmptyOrUselessContentTypeOnAPostWithoutABodyIsNoFault() {
        String id = user.submit(Api.object().put("urlOrId", "4300000000").put("accountName", "sandbox")
                .put("startAt", "2099-01-01T00:00:00Z"))
                .get("id").textValue();
        assertThat(user.send("POST", DOWNLOADS + "/" + id + "/cancel", ofString(""), "Content-Type", "application/json").status())
                .isEqualTo(200);
        assertThat(user.send("POST", DOWNLOADS + "/" + id + "/cancel", noBody()).status()).isEqualTo(200);
    }

    /** A wish for an item of the sandbox that never starts, blown up to {@code bytes} bytes by blanks. */
    private static byte[] padded(int bytes) {
        String wish = Api.object().put("urlOrId", "4300000001").put("accountName", "sandbox")
                .put("startAt", "2099-01-01T00:00:00Z").toString();
        return (wish + " ".repeat(bytes - wish.length())).getBytes(StandardCharsets.UTF_8);
    }
}
