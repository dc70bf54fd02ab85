package org.wallwhale.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;
import org.wallwhale.ServerKind;
import org.wallwhale.ServerUnderTest;

/** Nobody else calls the server meanwhile, so that every growth is this test's. */
class MetricsIT extends HttpTest {
    private static final String METRICS = "/metrics";
    private static final String REQUESTS = "depot_http_requests_total";
    private static final String REFUSALS = "wallwhale_refusals_total";
    private static final String ON_POSTGRES = "wallwhale_notifications_listening";
    /** There while there are Steam accounts, downloads that wait, or a certificate, or on one database only. */
    private static final Set<String> AT_TIMES = Set.of(ON_POSTGRES, "wallwhale_steam_account_logins_left", "wallwhale_steam_account_wait_seconds",
            "wallwhale_steam_account_needs_help", "wallwhale_downloads_waiting", "wallwhale_certificate_expiry_timestamp_seconds");
    private final Api administrator = Api.administrator();
    private final Api anonymous = Api.anonymous();

    @Test
    void theTextIsPrometheussAndHasAHelpForEveryMetric() {
        Api.withKey(key(Api.object()).get("key").textValue()).get("/api/v1/downloads");
        Answer answer = anonymous.awaitAnswer(METRICS, told -> told.text().contains("depot_api_key_usage_total{"));
        assertThat(answer.header("Content-Type").replace(" ", "")).isEqualTo("text/plain;version=0.0.4;charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        List<String> names = answer.text().lines().filter(line -> line.startsWith("# HELP ")).map(line -> line.split(" ", 4)[2]).toList();
        assertThat(names).isSorted().contains("jvm_memory_used_bytes", "process_resident_memory_bytes");
        assertThat(names.contains(ON_POSTGRES)).isEqualTo(ServerUnderTest.isOnPostgres());
        assertThat(names).filteredOn(name -> !AT_TIMES.contains(name) && !name.startsWith("jvm_") && !name.startsWith("process_"))
                .containsExactly("depot_api_key_usage_total", "depot_download_jobs_active", REQUESTS, "wallwhale_claim_duration_seconds",
                        "wallwhale_database_connections", "wallwhale_downloads", "wallwhale_event_streams", "wallwhale_fetched_bytes_total",
                        "wallwhale_http_request_duration_seconds", "wallwhale_loop_age_seconds", "wallwhale_loops_stuck", REFUSALS,
                        "wallwhale_run_duration_seconds", "wallwhale_runs_total", "wallwhale_settle_duration_seconds",
                        "wallwhale_shared_bytes_total", "wallwhale_shared_transfers",
                        "wallwhale_steam_address_logins_left", "wallwhale_store_bytes", "wallwhale_store_free_bytes",
                        "wallwhale_store_min_free_bytes", "wallwhale_uncounted_requests_total");
        assertThat(answer.text().lines().filter(line -> line.startsWith("# TYPE "))).hasSize(names.size());
        assertThat(anonymous.head(METRICS).bytes()).isEmpty();
        Problems.demand(anonymous.post(METRICS, "{}"), 405, "method_not_allowed");
    }

    @Test
    void everyRequestCountsOnceByMethodRouteAndStatus() {
        Exposition before = exposition();
        administrator.get("/api/v1/downloads");
        administrator.get("/v1/downloads?limit=1");
        administrator.get("/api/v1/downloads?x=1");
        for (int i = 0; i < 3; i++) {
            administrator.get("/api/v1/downloads/" + UUID.randomUUID());
            administrator.get("/api/v1/downloads/" + UUID.randomUUID() + "/files/" + i + "/x");
        }
        administrator.head("/api/v1/downloads/" + UUID.randomUUID() + "/zip");
        administrator.post("/api/v1/downloads", "{");
        administrator.post("/api/v1/downloads", "x".repeat(300_000));
        anonymous.get("/openapi");
        anonymous.get("/health/live");
        assertThat(await(before, REQUESTS, 14)).isEqualTo(Map.of(
                request("GET", "/api/v1/downloads", 200), 2,
                request("GET", "/api/v1/downloads", 400), 1,
                request("GET", "/api/v1/downloads/{id}", 404), 3,
                request("GET", "/api/v1/downloads/{id}/files/{path}", 404), 3,
                request("HEAD", "/api/v1/downloads/{id}/zip", 404), 1,
                request("POST", "/api/v1/downloads", 400), 1,
                request("POST", "other", 413), 1,
                request("GET", "/openapi", 200), 1,
                request("GET", "/health/live", 200), 1));
        assertThat(exposition().growthOf("wallwhale_http_request_duration_seconds_count", before))
                .containsEntry("{method=\"GET\",route=\"/api/v1/downloads/{id}\"}", 3);
    }

    @Test
    void whateverClientsInventIsOther() {
        Exposition before = exposition();
        for (int i = 0; i < 5; i++) {
            administrator.get("/api/v1/no/such/" + i);
            anonymous.get("/no/such/" + i);
            anonymous.get("/metrics;x=" + i + "?y=" + i);
            anonymous.get("/WEB-INF/" + i);
            administrator.send("METHOD" + i, "/api/v1/downloads", BodyPublishers.noBody());
            anonymous.send("METHOD" + i, "/", BodyPublishers.noBody());
        }
        // WildFly keeps WEB-INF to itself before any filter
        int unseen = ServerKind.underTest() == ServerKind.WILDFLY ? 5 : 0;
        assertThat(await(before, REQUESTS, 30 - unseen)).isEqualTo(Map.of(request("GET", "other", 404), 15 - unseen, request("GET", "other", 200), 5,
                request("other", "other", 405), 5, request("other", "/", 405), 5));
    }

    @Test
    void everyRefusalCountsOnceWithItsCode() {
        String key = administrator.createKey("live", "download:read");
        Api limited = Api.withKey(key(Api.object().put("quotaDaily", 1)).get("key").textValue());
        String email = "metrics-" + UUID.randomUUID() + "@example.org";
        String generated = administrator.post("/api/v1/admin/users", Api.object().put("email", email)).json().get("generatedPassword")
                .textValue();
        Api unchanged = Api.withToken(Api.token(email, generated));
        Exposition before = exposition();
        anonymous.get("/api/v1/downloads");
        Api.withKey("ww_live_wrong").get("/v1/downloads");
        Api.withKey(key).get("/api/v1/admin/users");
        unchanged.get("/api/v1/downloads");
        limited.get("/api/v1/downloads");
        limited.get("/api/v1/downloads");
        limited.get("/api/v1/downloads");
        anonymous.get(METRICS, "X-Forwarded-For", "127.0.0.1");
        assertThat(await(before, REFUSALS, 7)).isEqualTo(Map.of(refusal(401, "unauthenticated"), 3, refusal(403, "forbidden"), 1,
                refusal(403, "password_change_needed"), 1, refusal(429, "too_many_requests"), 2));
    }

    @Test
    void callsOfAKeyCountByItsPublicIdAndEndpoint() {
        JsonNode created = key(Api.object());
        Api api = Api.withKey(created.get("key").textValue());
        Exposition before = exposition();
        api.get("/api/v1/downloads");
        api.get("/v1/downloads");
        api.get("/api/v1/admin/users");
        api.get("/api/v1/no/such/thing");
        String id = "keyId=\"" + created.at("/apiKey/id").textValue() + "\"}";
        assertThat(await(before, "depot_api_key_usage_total", 4)).isEqualTo(Map.of("{endpoint=\"GET /downloads\"," + id, 2,
                "{endpoint=\"GET /admin/users\"," + id, 1, "{endpoint=\"other\"," + id, 1));
        assertThat(anonymous.get(METRICS).text()).doesNotContain(created.get("key").textValue());
    }

    @Test
    void streamsAndRangesCountWithTheStatusThatWasSent() {
        String id = administrator.submit("3000000000").get("id").textValue();
        administrator.awaitFinished(id);
        String zip = "/api/v1/downloads/" + id + "/zip";
        Exposition before = exposition();
        String etag = administrator.get(zip).header("ETag");
        assertThat(administrator.get(zip, "Range", "bytes=0-9").status()).isEqualTo(206);
        assertThat(administrator.get(zip, "Range", "bytes=999999999999-").status()).isEqualTo(416);
        assertThat(administrator.get(zip, "If-None-Match", etag).status()).isEqualTo(304);
        assertThat(administrator.get("/api/v1/downloads/" + id + "/logs").text()).contains("event: end");
        String route = "/api/v1/downloads/{id}/zip";
        assertThat(await(before, REQUESTS, 5)).isEqualTo(Map.of(request("GET", route, 200), 1, request("GET", route, 206), 1,
                request("GET", route, 304), 1, request("GET", route, 416), 1, request("GET", "/api/v1/downloads/{id}/logs", 200), 1));
    }

    @Test
    void theGaugeShowsWhatRuns() {
        double before = active(anonymous.get(METRICS));
        String id = administrator.submit("6600000103").get("id").textValue();
        anonymous.awaitAnswer(METRICS, answer -> active(answer) == before + 1);
        administrator.post("/api/v1/downloads/" + id + "/cancel", "");
        anonymous.awaitAnswer(METRICS, answer -> active(answer) == before);
    }

    private static double active(Answer answer) {
        return Exposition.of(answer.text()).series().get("depot_download_jobs_active");
    }

    /** What grew, without the looks themselves, once it is as much: an answer may be read before its call is counted. */
    private Map<String, Integer> await(Exposition before, String metric, int calls) {
        return growth(before, metric, anonymous.awaitAnswer(METRICS,
                answer -> growth(before, metric, answer).values().stream().mapToInt(Integer::intValue).sum() >= calls));
    }

    private static Map<String, Integer> growth(Exposition before, String metric, Answer answer) {
        return Exposition.of(answer.text()).growthOf(metric, before).entrySet().stream()
                .filter(one -> !one.getKey().contains("route=\"" + METRICS + "\""))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum, HashMap::new));
    }

    private Exposition exposition() {
        return Exposition.of(anonymous.get(METRICS).text());
    }

    private JsonNode key(ObjectNode terms) {
        terms.put("name", "A test's key").putArray("scopes").add("download:read");
        return administrator.post("/api/v1/admin/api-keys", terms).json();
    }

    private static String request(String method, String route, int status) {
        return "{method=\"" + method + "\",route=\"" + route + "\",status=\"" + status + "\"}";
    }

    private static String refusal(int status, String code) {
        return "{code=\"" + code + "\",status=\"" + status + "\"}";
    }
}
