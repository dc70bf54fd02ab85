package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Operation;
import org.wallwhale.Problems;

/** What holds for every answer of every operation of the OpenAPI document. */
class AnswersIT extends HttpTest {
    private static final String KEYS = "/api/v1/admin/api-keys";
    private static final List<String> HOSTILE = List.of("'", "\"", "%", "\u0001", "\ud83d\udc0b", "' or 1=1 --", "${jndi:ldap://x}", "<script>",
            "../../etc/passwd", "x".repeat(3000), "\r\nX-Injected: 1", "{{7*7}}", "00000000-0000-0000-0000-000000000000", "null", "-0");
    private static Api caller;
    private static Map<String, String> objects;

    /** A key of its own, so that these calls use up nobody else's limit. */
    @BeforeAll
    static void makeObjects() {
        JsonNode key = Api.administrator().post(KEYS,
                "{\"name\":\"k\",\"scopes\":[\"admin:*\",\"download:*\"],\"rateLimit\":1000000}").json();
        caller = Api.withKey(key.get("key").textValue());
        String download = caller.submit("3000000000").get("id").textValue();
        caller.awaitFinished(download);
        objects = Map.of(Api.DOWNLOADS, download, KEYS, key.at("/apiKey/id").textValue(), "/api/v1/admin/users", key.at("/apiKey/userId")
                .textValue(), "{path}", caller.get(Api.DOWNLOADS + "/" + download + "/files").json().at("/files/0/path").textValue());
    }

    @Test
    void theDocumentIsOpenAndNamesNoServer() {
        Answer answer = Api.anonymous().get("/openapi");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().get("openapi").textValue()).startsWith("3.1");
        assertThat(answer.json().at("/servers/0/url").textValue()).isEqualTo("api/v1");
        assertThat(Api.withKey("garbage").get("/openapi").text()).isEqualTo(answer.text());
        assertThat(Api.anonymous().get("/openapi", "Accept", "application/yaml").text()).isEqualTo(answer.text());
    }

    @Test
    void everyAnswerSaysWhatItIsAndIsKeptByNobody() {
        SoftAssertions.assertSoftly(softly -> reading().forEach(operation -> {
            for (Answer answer : List.of(operation.send(caller, operation.address(objects)), operation.send(caller, operation.address(Map.of())),
                    operation.send(Api.anonymous(), operation.address(objects)))) {
                String type = answer.header("Content-Type");
                softly.assertThat(type).as(operation + " " + answer.status() + " " + answer.text())
                        .matches("application/(json|problem\\+json|zip|octet-stream|x-ndjson)|text/event-stream|text/csv;charset=(?i:utf-8)");
                softly.assertThat(answer.header("Cache-Control")).as(operation.toString()).isEqualTo("no-store");
                softly.assertThat(answer.header("X-Content-Type-Options")).as(operation.toString()).isEqualTo("nosniff");
                softly.assertThat(answer.header("Content-Security-Policy")).as(operation.toString()).contains("frame-ancestors 'none'");
                softly.assertThat(answer.response().headers().allValues("Date")).as(operation.toString()).hasSize(1);
            }
        }));
    }

    @Test
    void noAnswerHoldsASecret() {
        SoftAssertions.assertSoftly(softly -> reading().filter(operation -> operation.method().equals("GET")).forEach(operation ->
                softly.assertThat(operation.send(caller, operation.address(objects)).text()).as(operation.toString())
                        .doesNotContainIgnoringCase("hash\":\"$2", "passwordHash", "keyHash", "password_hash", "refreshHash", "ciphertext")
                        .doesNotContainPattern("ww_(live|test|refresh)_[0-9A-Za-z]{30,}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "https://evil.example", "http://127.0.0.1", "https://steamcommunity.com:8443", "file://"})
    void aPageOfAnotherOriginReadsNothing(String origin) {
        for (Operation operation : reading().toList()) {
            Answer answer = operation.send(Api.withHeaders("Origin", origin), operation.address(objects));
            assertThat(answer.header("Access-Control-Allow-Origin")).as(operation.toString()).isEmpty();
        }
        Answer preflight = Api.anonymous().send("OPTIONS", Api.DOWNLOADS, BodyPublishers.noBody(), "Origin", origin,
                "Access-Control-Request-Method", "POST");
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(preflight.header("Access-Control-Allow-Methods")).isEmpty();
    }

    @Test
    void noOriginMaySendCookies() {
        for (String origin : List.of("https://steamcommunity.com", "https://evil.example", "null")) {
            assertThat(Api.anonymous().get(Api.DOWNLOADS, "Origin", origin).header("Access-Control-Allow-Credentials")).isEmpty();
        }
    }

    @Test
    void aTokenInTheAddressOfAStreamLetsNobodyIn() {
        String token = Api.token(System.getenv("WALLWHALE_ADMIN_EMAIL"), System.getenv("WALLWHALE_ADMIN_PASSWORD"));
        Operation.all().stream().filter(Operation::stream).forEach(operation -> Problems.demand(
                Api.anonymous().get(operation.address(objects) + "?access_token=" + token), 401, "unauthenticated"));
    }

    @Test
    void whateverIsSentTheAnswerIsAProblemThatTellsNothingInternal() {
        SoftAssertions.assertSoftly(softly -> Operation.all().forEach(operation -> HOSTILE.forEach(text -> {
            String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
            String address = operation.address(objects);
            for (String hostile : operation.ofAnObject() ? List.of(operation.path().replaceFirst("\\{\\w+}", encoded)
                    .replaceAll("\\{\\w+}", "x"), address + "?after=" + encoded) : List.of(address + "?q=" + encoded, address + "?limit=" + encoded)) {
                if (operation.stream() && hostile.startsWith(address)) {
                    continue;
                }
                Answer answer = operation.send(caller, hostile, operation.body() == null ? null : Api.object().put(text, text));
                softly.assertThat(answer.status()).as(operation.method() + " " + hostile + " " + answer.text()).isBetween(200, 499);
                if (answer.status() >= 400 && !operation.method().equals("HEAD")) {
                    softly.check(() -> Problems.demand(answer, answer.status(), answer.json().get("code").textValue()));
                }
            }
        })));
    }

    /** That end by themselves: of the event streams those of finished downloads. */
    private static Stream<Operation> reading() {
        return Operation.all().stream().filter(operation -> List.of("GET", "HEAD").contains(operation.method())
                && (!operation.stream() || operation.ofAnObject()));
    }
}
