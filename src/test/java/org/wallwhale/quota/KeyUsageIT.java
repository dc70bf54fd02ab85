package org.wallwhale.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

class KeyUsageIT extends HttpTest {
    private static final String KEYS = "/api/v1/admin/api-keys/";
    private final Api administrator = Api.administrator();

    @Test
    void everyCallByAKeyIsFoundUnderItsDayAndEndpoint() {
        ObjectNode terms = Api.object().put("name", "A test's key").put("rateLimit", 7);
        terms.putArray("scopes").add("download:read");
        Answer created = administrator.post("/api/v1/admin/api-keys", terms);
        String id = created.json().get("apiKey").get("id").textValue();
        Api api = Api.withKey(created.json().get("key").textValue());
        Instant before = Instant.now().minusSeconds(1);
        api.get("/api/v1/downloads");
        api.get("/v1/downloads");
        api.get("/api/v1/downloads/" + UUID.randomUUID());
        api.get("/api/v1/downloads/" + UUID.randomUUID() + "/files/a/b");
        api.head("/api/v1/downloads/" + UUID.randomUUID() + "/zip");
        assertThat(api.post("/api/v1/downloads", Api.object()).status()).as("not within its scopes").isEqualTo(403);
        assertThat(api.get("/api/v1/no/such/thing").status()).isEqualTo(404);
        assertThat(api.send("PUT", "/api/v1/downloads", BodyPublishers.noBody()).status()).isEqualTo(405);
        JsonNode usage = administrator.awaitAnswer(KEYS + id + "/usage", answer -> answer.json().get("total").intValue() >= 8).json();
        Map<String, Integer> counts = new TreeMap<>();
        usage.get("usage").forEach(entry -> counts.merge(entry.get("endpoint").textValue(), entry.get("requests").intValue(), Integer::sum));
        assertThat(counts).containsExactlyInAnyOrderEntriesOf(Map.of("GET /downloads", 2, "GET /downloads/{id}", 1,
                "GET /downloads/{id}/files/{path}", 1, "HEAD /downloads/{id}/zip", 1, "POST /downloads", 1, "other", 2));
        assertThat(usage.get("usage").get(0).get("day").textValue()).matches("\\d{4}-\\d{2}-\\d{2}");
        JsonNode key = administrator.get(KEYS + id).json();
        assertThat(key.get("requestCount").intValue()).isEqualTo(8);
        assertThat(Instant.parse(key.get("lastUsedAt").textValue())).isBetween(before, Instant.now().plusSeconds(1));
        assertThat(administrator.get(KEYS + id + "/usage?endDate=2020-01-01").json().get("total").intValue()).isZero();
        assertThat(administrator.get(KEYS + id + "/usage?startDate=2020-01-01&endDate=9999-12-31").json().get("total").intValue()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"startDate=yesterday", "endDate=2026-02-30", "startDate=%2B10000-01-01", "startDate=2026-02-02&endDate=2026-02-01",
        "since=2026-01-01", "startDate="})
    void aFilterThatCannotBeReadIsTold(String query) {
        Problems.demand(administrator.get(KEYS + UUID.randomUUID() + "/usage?" + query), 400, "invalid");
    }

    @Test
    void onlyAdministratorsSeeIt() {
        Problems.demand(administrator.get(KEYS + UUID.randomUUID() + "/usage"), 404, "not_found");
        Problems.demand(Api.secondUser().get(KEYS + UUID.randomUUID() + "/usage"), 403, "forbidden");
        Problems.demand(Api.anonymous().get(KEYS + UUID.randomUUID() + "/usage"), 401, "unauthenticated");
    }
}
