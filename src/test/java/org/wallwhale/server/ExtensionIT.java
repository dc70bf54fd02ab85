package org.wallwhale.server;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;

/** What the browser extension expects of any server that it talks to, called as it calls: with a key and its own headers. */
class ExtensionIT extends HttpTest {
    private static Api extension;

    @BeforeAll
    static void makeItsKey() {
        extension = Api.withHeaders("x-api-key", Api.administrator().createKey("live", "download:read", "download:write"));
    }

    @Test
    @Timeout(40)
    void fourRepeatedPostsAreOneDownloadAndNoConflict() {
        Set<String> ids = new HashSet<>();
        for (int time = 0; time < 4; time++) {
            Answer answer = submit("4600000003", "sandbox");
            assertThat(answer.status()).isBetween(200, 299);
            ids.add(answer.json().get("id").textValue());
        }
        assertThat(ids).hasSize(1);
    }

    @Test
    void anUnknownAccountNameDoesNotFailTheRequest() {
        Answer answer = submit("4600000100", "account-of-another-server");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("accountName").isNull()).isTrue();
    }

    @Test
    void everyErrorHasAMessage() {
        List<Answer> errors = List.of(submit("no id", "sandbox"), submit("", ""), extension.get(DOWNLOADS + "/x"),
                extension.get("/nothing"),
                Api.withHeaders("x-api-key", "wrong").get(DOWNLOADS), extension.get("/api/v1/admin/api-keys"),
                extension.send("PUT", DOWNLOADS, noBody()), extension.post(DOWNLOADS, "{", "Content-Type", "application/json"));
        for (Answer answer : errors) {
            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.json().get("message").textValue()).isNotBlank();
        }
    }

    @Test
    void aCancelAnswers200WithJson() {
        JsonNode download = submit("4600000203", "sandbox").json();
        Answer answer = extension.post(DOWNLOADS + "/" + download.get("id").textValue() + "/cancel", "", "Content-Type",
                "application/json");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json().get("id")).isEqualTo(download.get("id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://steamcommunity.com", "https://www.wallpaperengine.space"})
    void itsPagesMayCallFromTheBrowser(String origin) {
        Answer preflight = Api.anonymous().send("OPTIONS", DOWNLOADS, noBody(), "Origin", origin,
                "Access-Control-Request-Method", "POST",
                "Access-Control-Request-Headers", "content-type,x-api-key");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("POST");
        assertThat(List.of(preflight.header("Access-Control-Allow-Headers").split(", ?")))
                .contains("content-type", "x-api-key", "authorization",
                "range", "idempotency-key", "last-event-id", "x-csrf-token");
        Answer answer = extension.get(DOWNLOADS, "Origin", origin);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(List.of(answer.header("Access-Control-Expose-Headers").split(", ?")))
                .contains("content-disposition", "content-range", "etag",
                "ratelimit", "ratelimit-policy", "retry-after", "location", "link", "x-request-id");
        assertThat(Api.anonymous().get(DOWNLOADS, "Origin", origin).header("Access-Control-Allow-Origin"))
                .as("errors are readable too")
                .isEqualTo(origin);
    }

    @Test
    void otherPagesMayNot() {
        for (String origin : new String[] {"https://evil.example", "null", "http://steamcommunity.com",
                "https://steamcommunity.com.evil.example"}) {
            assertThat(extension.get(DOWNLOADS, "Origin", origin).header("Access-Control-Allow-Origin")).isEmpty();
        }
    }

    @Test
    void aGetMayCarryAContentType() {
        String id = submit("4600000300", "sandbox").json().get("id").textValue();
        for (String path : List.of(DOWNLOADS, DOWNLOADS + "/" + id, "/v1/downloads/" + id)) {
            assertThat(extension.get(path, "Content-Type", "application/json").status()).isEqualTo(200);
        }
    }

    private static Answer submit(String item, String account) {
        return extension.post(DOWNLOADS, Api.object().put("urlOrId", item).put("accountName", account));
    }
}
