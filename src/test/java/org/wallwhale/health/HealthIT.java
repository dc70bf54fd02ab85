package org.wallwhale.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

class HealthIT extends HttpTest {
    private final Api stranger = Api.anonymous();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/health         | start loops serving database storage engine accounts",
            "/health/live    | loops",
            "/health/ready   | serving database storage engine accounts",
            "/health/started | start"})
    void everyAddressTellsItsChecksInMicroProfilesShape(String path, String names) {
        Answer answer = stranger.get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.json().get("status").textValue()).isEqualTo("UP");
        assertThat(answer.json().fieldNames()).toIterable().containsExactly("status", "checks");
        assertThat(checks(answer)).extracting(check -> check.get("name").textValue()).containsExactlyElementsOf(List.of(names.split(" ")));
        assertThat(checks(answer)).allSatisfy(check -> {
            assertThat(check.fieldNames()).toIterable().containsExactly("name", "status", "data");
            assertThat(check.get("status").textValue()).isEqualTo("UP");
        });
        assertThat(stranger.head(path).bytes()).isEmpty();
        Problems.demand(stranger.post(path, "{}"), 405, "method_not_allowed");
    }

    @Test
    void readinessShowsWhatTheDiskHasLeftAndWhatIsToStay() {
        JsonNode storage = checks(stranger.get("/health/ready")).stream().filter(check -> check.get("name").textValue().equals("storage"))
                .findFirst().orElseThrow().get("data");
        assertThat(storage.get("freeBytes").longValue()).isPositive();
        assertThat(storage.get("minFreeBytes").longValue()).isPositive();
    }

    @Test
    void theStatusHasItsWordsAndSaysWhatIsMissingAndHowToMendIt() {
        Answer answer = stranger.get("/status");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        JsonNode status = answer.json();
        assertThat(status.fieldNames()).toIterable().containsExactly("status", "services", "metrics", "troubles");
        assertThat(status.at("/services/database").textValue()).isEqualTo("connected");
        assertThat(status.at("/services/filesystem").textValue()).isEqualTo("writable");
        assertThat(status.at("/services/steam").textValue()).isEqualTo("unavailable");
        assertThat(status.at("/metrics/uptime").longValue()).isPositive();
        assertThat(status.at("/metrics/memory/used").longValue()).isPositive().isLessThan(status.at("/metrics/memory/total").longValue());
        assertThat(status.at("/metrics/activeJobs").isInt()).isTrue();
        assertThat(status.get("status").textValue()).isEqualTo("degraded");
        assertThat(status.get("troubles")).anySatisfy(trouble -> {
            assertThat(trouble.fieldNames()).toIterable().containsExactly("service", "severity", "cause", "cure");
            assertThat(trouble.get("service").textValue()).isEqualTo("engine");
            assertThat(trouble.get("severity").textValue()).isEqualTo("degraded");
            assertThat(trouble.get("cause").textValue()).contains("No DepotDownloader is set up");
            assertThat(trouble.get("cure").textValue()).contains("wallwhale.engine.depotdownloader-path");
        });
    }

    @Test
    void theStatusIsForThoseWhoWatchTheServer() {
        Problems.demand(stranger.get("/status", "X-Forwarded-For", "127.0.0.1"), 401, "unauthenticated");
        assertThat(Api.administrator().get("/status", "X-Forwarded-For", "127.0.0.1").status()).isEqualTo(200);
    }

    private static List<JsonNode> checks(Answer answer) {
        return StreamSupport.stream(answer.json().get("checks").spliterator(), false).toList();
    }
}
