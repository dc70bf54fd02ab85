package org.wallwhale.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;
import org.wallwhale.OnServers;
import org.wallwhale.Problems;
import org.wallwhale.ServerKind;

/** What Payara Micro tells of the application at its own addresses, which lie at the root wherever the application does. */
@OnServers(value = ServerKind.PAYARA_MICRO, because = "Only Payara Micro is told to collect both, by payara-config.")
class MicroProfileIT extends HttpTest {
    private static final String METRICS = "/mp-metrics?scope=application";
    private static final String NOT_FOUND = "depot_http_requests_total{method=\"GET\",route=\"/api/v1/downloads/{id}\",status=\"404\"}";
    private final Api server = Api.anonymous().at("http://" + URI.create(Api.ROOT).getAuthority());

    @Test
    void itsMetricsHoldEveryCounterAndGaugeOfOursThatNamesNobody() {
        Api.administrator().get("/api/v1/downloads/" + UUID.randomUUID());
        Exposition ours = Exposition.of(Api.anonymous().get("/metrics").text());
        Set<String> wanted = ours.series().keySet().stream().filter(name -> !name.matches("(jvm|process)_.*|.*_(bucket|count|sum)\\{.*|"
                + ".*_(count|sum)|.*\\{.*(keyId|account)=.*")).collect(Collectors.toSet());
        assertThat(wanted).contains("depot_download_jobs_active", NOT_FOUND);
        server.awaitAnswer(METRICS, answer -> theirs(answer.text()).series().keySet().containsAll(wanted)
                && theirs(answer.text()).value(NOT_FOUND) >= ours.value(NOT_FOUND));
        assertThat(server.get(METRICS).text()).as("what may be open to everybody").doesNotContain("keyId=", "account=");
    }

    /** Without the label that it adds. */
    private static Exposition theirs(String text) {
        return Exposition.of(text.replace("{mp_scope=\"application\"}", "").replaceAll(",?mp_scope=\"application\"", "").replace("{,", "{"));
    }

    @Test
    void itsMetricsAreForThoseWhoMayReadOursWhereItAddsThemToTheApplication() {
        assumeThat(System.getProperty("server.context")).as("the context of the application").isEqualTo("/");
        for (String path : new String[] {METRICS, "/mp-metrics", "/mp-metrics/application", "/%6Dp-metrics", "/mp-metrics;x=1", "/metrics/x"}) {
            Problems.demand(Api.anonymous().get(path, "Via", "1.1 proxy"), 401, "unauthenticated");
            Problems.demand(Api.secondUser().get(path, "Via", "1.1 proxy"), path.matches(".*[%;].*") ? 401 : 403,
                    path.matches(".*[%;].*") ? "unauthenticated" : "forbidden");
        }
        assertThat(Api.administrator().get(METRICS, "Via", "1.1 proxy").status()).isEqualTo(200);
    }

    @Test
    void itsHealthHoldsACheckForEachKindOfOurs() {
        assertThat(server.get("/mp-health").json().get("checks").findValuesAsText("name"))
                .containsExactlyInAnyOrder("wallwhale-live", "wallwhale-ready", "wallwhale-started");
        assertThat(server.get("/mp-health/ready").json().at("/checks/0/data/database").textValue()).isEqualTo("UP");
    }
}
