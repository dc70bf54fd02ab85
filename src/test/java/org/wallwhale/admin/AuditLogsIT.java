package org.wallwhale.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

class AuditLogsIT extends HttpTest {
    private static final String LOGS = "/api/v1/admin/audit-logs";
    private static final String KEYS = "/api/v1/admin/api-keys";
    private Api administrator;

    @BeforeEach
    void logIn() {
        administrator = Api.administrator();
    }

    @Test
    void aChangeIsFoundWithWhoWhatAndFromWhere() {
        String request = "audit-" + UUID.randomUUID();
        Answer created = administrator.post(KEYS, key("for the record").toString(), "Content-Type", "application/json", "X-Request-Id",
                request);
        String id = created.json().get("apiKey").get("id").textValue();
        JsonNode entry = find("key.create", request);
        assertThat(entry.get("subject").textValue()).isEqualTo("admin/api-keys/" + id);
        assertThat(entry.get("address").textValue()).isEqualTo("127.0.0.1");
        assertThat(entry.get("userId").textValue()).isEqualTo(created.json().get("apiKey").get("userId").textValue());
        assertThat(entry.get("result").textValue()).isEqualTo("done");
        assertThat(entry.get("before").isNull()).isTrue();
        assertThat(entry.get("after").get("name").textValue()).isEqualTo("for the record");
        assertThat(entry.toString()).doesNotContain(created.json().get("key").textValue());
        administrator.delete(KEYS + "/" + id, "X-Request-Id", request);
        JsonNode revoked = find("key.revoke", request);
        assertThat(revoked.get("before").get("isActive").booleanValue()).isTrue();
        assertThat(revoked.get("after").get("isActive").booleanValue()).isFalse();
        assertThat(revoked.get("after").has("name")).as("members that stayed are left out").isFalse();
    }

    @Test
    void aKnownUsersRefusalIsOnRecord() {
        String request = "audit-" + UUID.randomUUID();
        Problems.demand(Api.secondUser().get(KEYS, "X-Request-Id", request), 403, "forbidden");
        JsonNode entry = find("get", request);
        assertThat(entry.get("result").textValue()).isEqualTo("refused");
        assertThat(entry.get("subject").textValue()).endsWith("admin/api-keys");
        assertThat(entry.get("detail").textValue()).contains("admin:read");
    }

    @Test
    void aStrangersRefusalIsOnRecordWithoutAUser() {
        Problems.demand(Api.anonymous().get(KEYS), 401, "unauthenticated");
        // Of many it is the first, or else the last of a minute: another test's may stand for it.
        assertThat(administrator.get(LOGS + "/export?format=ndjson").text().lines()).anySatisfy(entry ->
                assertThat(entry).contains("\"userId\":null", "\"result\":\"refused\"", "\"address\":\"127.0.0.1\""));
    }

    @Test
    void entriesAreLinkedSoonAndTheChainIsIntact() {
        administrator.createKey("live", "download:read");
        administrator.awaitAnswer(LOGS + "?limit=1&action=key.create", answer -> answer.json().get("auditLogs").get(0).get("hash")
                .isTextual());
        JsonNode found = administrator.get(LOGS + "/verification").json();
        assertThat(found.get("intact").booleanValue()).isTrue();
        assertThat(found.get("links").longValue()).isPositive();
    }

    @Test
    void theExportHarmlesslyCarriesWhatLooksLikeAFormula() throws Exception {
        administrator.post(KEYS, key("=1+1\", \"2\n3").toString(), "Content-Type", "application/json", "X-Request-Id", "-1-formula");
        Answer csv = administrator.get(LOGS + "/export?format=csv&action=key.create");
        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.header("Content-Disposition")).contains("audit-log.csv");
        assertThat(csv.text()).startsWith("id,writtenAt,").contains("\"\"name\"\":\"\"=1+1", "\"'-1-formula\"")
                .doesNotContainPattern("(?m)(^|,)\"[=+@-]");
        Answer lines = administrator.get(LOGS + "/export?action=key.*");
        assertThat(lines.header("Content-Type")).startsWith("application/x-ndjson");
        for (String line : lines.text().split("\n")) {
            assertThat(new ObjectMapper().readTree(line).get("action").textValue()).startsWith("key.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=201", "?offset=-1", "?userId=me", "?startDate=yesterday", "?endDate=2026-13-01",
        "?startDate=%2B10000-01-01T00:00:00Z", "?page=1", "/export?format=xml"})
    void aBadQueryIsRefused(String query) {
        Problems.demand(administrator.get(LOGS + query), 400, "invalid");
    }

    @Test
    void onlyAdministratorsReadIt() {
        for (String path : new String[] {LOGS, LOGS + "/export", LOGS + "/verification"}) {
            Problems.demand(Api.secondUser().get(path), 403, "forbidden");
            Problems.demand(Api.anonymous().get(path), 401, "unauthenticated");
        }
    }

    private JsonNode find(String action, String request) {
        for (JsonNode entry : administrator.get(LOGS + "?limit=200&action=" + action).json().get("auditLogs")) {
            if (entry.get("requestId").textValue().equals(request)) {
                return entry;
            }
        }
        throw new AssertionError("No entry of request " + request);
    }

    private static ObjectNode key(String name) {
        ObjectNode wish = Api.object().put("name", name);
        wish.putArray("scopes").add("download:read");
        return wish;
    }
}
