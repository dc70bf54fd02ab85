package org.wallwhale.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

/** Days are counted, so that no test runs into the next minute. */
class LimitsIT extends HttpTest {
    private static final String DOWNLOADS = "/api/v1/downloads";

    @Test
    void everyAnswerToAKeyTellsWhatIsLeft() {
        Api api = key(Api.object().put("rateLimit", 100).put("quotaDaily", 50));
        Answer answer = api.get(DOWNLOADS);
        assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"minute\";q=100;w=60, \"daily\";q=50;w=86400");
        assertThat(answer.header("RateLimit")).matches("\"minute\";r=99;t=[0-9]+, \"daily\";r=49;t=[0-9]+");
        assertThat(answer.header("X-RateLimit-Limit")).isEqualTo("50");
        assertThat(answer.header("X-RateLimit-Remaining")).isEqualTo("49");
        assertThat((Long.parseLong(answer.header("X-RateLimit-Reset")) + 1) % 86_400).as("midnight, in epoch seconds").isLessThan(3);
        Answer refused = api.get("/api/v1/admin/api-keys");
        Problems.demand(refused, 403, "forbidden");
        assertThat(refused.header("RateLimit")).contains("r=48");
        assertThat(api.get(DOWNLOADS + "?x=1").header("RateLimit")).contains("r=47");
    }

    @Test
    void oneselfIsToldHowLimitsStand() {
        JsonNode usage = key(Api.object().put("quotaDaily", 50).put("downloadsDaily", 7)).get("/api/v1/me").json().get("usage");
        assertThat(usage.findValuesAsText("policy")).contains("daily", "downloads-daily");
        JsonNode daily = usage.get(usage.findValuesAsText("policy").indexOf("daily"));
        assertThat(daily.get("limit").intValue()).isEqualTo(50);
        assertThat(daily.get("used").intValue()).isEqualTo(1);
        assertThat(daily.get("resetsAt").textValue()).endsWith("T00:00:00Z");
    }

    @Test
    void fortyClientsTogetherGetTheLimitAndNoMore() throws Exception {
        Api api = key(Api.object().put("quotaDaily", 200));
        ExecutorService clients = Executors.newFixedThreadPool(40);
        List<Integer> statuses = new ArrayList<>();
        try {
            List<Callable<Integer>> calls = Stream.<Callable<Integer>>generate(() -> () -> api.get(DOWNLOADS).status()).limit(400).toList();
            for (Future<Integer> status : clients.invokeAll(calls)) {
                statuses.add(status.get());
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(statuses).containsOnly(200, 429);
        assertThat(statuses.stream().filter(status -> status == 200).count()).isBetween(190L, 200L);
    }

    @Test
    void whoHasNothingLeftIsToldWhichLimitAndWhenToComeBack() {
        Api api = key(Api.object().put("quotaDaily", 1));
        assertThat(api.get(DOWNLOADS).status()).isEqualTo(200);
        Answer refused = api.get(DOWNLOADS);
        JsonNode problem = Problems.demand(refused, 429, "too_many_requests");
        assertThat(problem.get("violated-policies").toString()).isEqualTo("[\"daily\"]");
        assertThat(problem.get("type").textValue()).endsWith("#quota-exceeded");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 86_400L);
        assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
    }

    @Test
    void anAcceptedDownloadCountsOnceAndARefusedOneNot() {
        Api api = key(Api.object().put("downloadsDaily", 2));
        ObjectNode body = Api.object().put("urlOrId", "6600000000").put("accountName", "sandbox").put("startAt", "2099-01-01T00:00:00Z");
        String first = api.submit(body).get("id").textValue();
        assertThat(api.submit(body).get("id").textValue()).as("the same one, repeated").isEqualTo(first);
        Problems.demand(api.post(DOWNLOADS, Api.object().put("urlOrId", "nonsense")), 400, "invalid");
        api.submit(body.put("urlOrId", "6600000001"));
        JsonNode problem = Problems.demand(api.post(DOWNLOADS, body.put("urlOrId", "6600000002")), 429, "too_many_requests");
        assertThat(problem.get("violated-policies").toString()).isEqualTo("[\"downloads-daily\"]");
        assertThat(api.get(DOWNLOADS).status()).as("reading goes on").isEqualTo(200);
    }

    @Test
    void moreThanMayRunAtOnceWait() {
        Api api = key(Api.object().put("maxConcurrent", 1));
        String slow = api.submit("6600000103").get("id").textValue();
        api.await(slow, download -> download.get("status").textValue().equals("running"));
        String second = api.submit("6600000203").get("id").textValue();
        JsonNode waiting = api.await(second, download -> !download.get("waitingFor").isNull());
        assertThat(waiting.get("status").textValue()).isEqualTo("queued");
        api.await(second, download -> download.get("waitingFor").asText().contains("API key"));
        api.post(DOWNLOADS + "/" + slow + "/cancel", "");
        api.await(second, download -> download.get("status").textValue().equals("running"));
        api.post(DOWNLOADS + "/" + second + "/cancel", "");
    }

    private static Api key(ObjectNode limits) {
        limits.put("name", "A test's key").withArray("scopes").add("download:*");
        Answer created = Api.administrator().post("/api/v1/admin/api-keys", limits);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return Api.withKey(created.json().get("key").textValue());
    }
}
