package org.wallwhale.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

/** One entry for each thing that was done, whoever did it, and nobody who could take one away. */
class AuditTrailIT extends HttpTest {
    private static final String LOGS = "/api/v1/admin/audit-logs";
    private static final String KEYS = "/api/v1/admin/api-keys";
    private static final String USERS = "/api/v1/admin/users";
    private static final String PASSWORD = "teapot lantern gravel sixty";
    private final Api administrator = Api.administrator();
    private final Map<String, String> actions = new LinkedHashMap<>();

    @Test
    void eachDeedIsOneEntryWithWhoWhenFromWhereAndWhat() {
        Instant before = Instant.now().minusSeconds(60);
        String email = "trail-" + UUID.randomUUID() + "@example.org";
        String user = done("user.create", "POST", USERS, Api.object().put("email", email).put("password", PASSWORD)).json().get("id").textValue();
        done("user.update", "PUT", USERS + "/" + user, Api.object().put("email", email).put("role", "user").put("isActive", true));
        done("session.start", "POST", "/api/v1/auth/login", Api.object().put("email", email).put("password", PASSWORD));
        done("session.end-all", "DELETE", USERS + "/" + user + "/sessions", null);
        ObjectNode terms = Api.object().put("name", "k");
        terms.putArray("scopes").add("download:*");
        String key = KEYS + "/" + done("key.create", "POST", KEYS, terms).json().at("/apiKey/id").textValue();
        done("key.change", "PATCH", key, Api.object().put("name", "l"));
        done("key.rotate", "POST", key + "/rotate", Api.object());
        done("key.revoke", "DELETE", key, null);
        String account = "/api/v1/admin/steam-users/" + done("steam-user.create", "POST", "/api/v1/admin/steam-users", Api.object()
                .put("alias", "trail-" + UUID.randomUUID()).put("loginName", "good").put("password", PASSWORD)).json().get("id").textValue();
        done("steam-user.update", "PATCH", account, Api.object().put("status", "inactive"));
        done("secrets.rotate", "POST", "/api/v1/admin/secrets/rotate", null);
        done("steam-user.delete", "DELETE", account, null);
        String download = DOWNLOADS + "/" + done("download.create", "POST", DOWNLOADS, Api.object().put("urlOrId", "4720000000")
                .put("accountName", "sandbox").put("startAt", "2099-01-01T00:00:00Z")).json().get("id").textValue();
        done("download.update", "PATCH", download, Api.object().put("priority", 1));
        done("download.cancel", "POST", download + "/cancel", null);
        done("download.retry", "POST", download + "/retry", null);
        administrator.post(download + "/cancel", "");
        administrator.awaitAnswer(download, answer -> answer.json().get("status").textValue().equals("canceled"));
        done("download.delete", "DELETE", download, null);
        String fetched = administrator.submit("4720000000").get("id").textValue();
        administrator.awaitFinished(fetched);
        done("download.read", "GET", DOWNLOADS + "/" + fetched + "/zip", null);
        done("user.delete", "DELETE", USERS + "/" + user, null);
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (JsonNode entry : administrator.get(LOGS + "?limit=200").json().get("auditLogs")) {
            String action = actions.get(entry.get("requestId").textValue());
            if (action != null) {
                counts.merge(action, 1, Integer::sum);
                assertThat(entry.get("action").textValue()).isEqualTo(action);
                assertThat(entry.get("result").textValue()).isEqualTo("done");
                assertThat(entry.get("address").textValue()).isEqualTo("127.0.0.1");
                assertThat(entry.get("userId").textValue()).hasSize(36);
                assertThat(entry.get("subject").textValue()).isNotBlank();
                assertThat(entry.get("writtenAt").textValue()).endsWith("Z");
                assertThat(Instant.parse(entry.get("writtenAt").textValue())).isAfter(before);
            }
        }
        assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(actions.values());
        assertThat(counts.values()).containsOnly(1);
    }

    @Test
    void aDeedThatWasRefusedIsOnRecordAsThat() {
        String request = "trail-" + UUID.randomUUID();
        Problems.demand(Api.secondUser().post(KEYS, "{\"name\":\"k\",\"scopes\":[\"admin:*\"]}", "Content-Type", "application/json",
                "X-Request-Id", request), 403, "forbidden");
        List<JsonNode> entries = administrator.get(LOGS + "?limit=200&action=post").json().get("auditLogs").findParents("requestId").stream()
                .filter(entry -> entry.get("requestId").textValue().equals(request)).toList();
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).get("result").textValue()).isEqualTo("refused");
        assertThat(entries.get(0).get("userId").textValue()).hasSize(36);
    }

    @Test
    void nobodyChangesOrRemovesAnEntry() {
        String entry = administrator.get(LOGS + "?limit=1").json().get("auditLogs").get(0).get("id").textValue();
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            BodyPublisher body = method.equals("DELETE") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}");
            Problems.demand(administrator.send(method, LOGS, body, "Content-Type", "application/json"), 405, "method_not_allowed");
            Problems.demand(administrator.send(method, LOGS + "/" + entry, body, "Content-Type", "application/json"), 404, "not_found");
        }
        assertThat(administrator.get(LOGS + "/verification").json().get("intact").booleanValue()).isTrue();
    }

    private Answer done(String action, String method, String path, ObjectNode body) {
        String request = "trail-" + UUID.randomUUID();
        actions.put(request, action);
        Answer answer = administrator.send(method, path, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()),
                "Content-Type", "application/json", "X-Request-Id", request);
        assertThat(answer.status()).as(action + " " + answer.text()).isLessThan(300);
        return answer;
    }
}
