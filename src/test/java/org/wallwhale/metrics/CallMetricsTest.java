package org.wallwhale.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wallwhale.problem.Problem;

class CallMetricsTest {
    private static final Route DOWNLOAD = Route.ofApi("/downloads/{id}");
    private static final String REFUSALS = "wallwhale_refusals_total";
    private final Registry registry = new Registry();
    private final CallMetrics metrics = new CallMetrics(registry);

    @Test
    void callsCountByMethodRouteAndStatus() {
        metrics.count("GET", DOWNLOAD, 200, 1);
        metrics.count("GET", Route.ofApi("/downloads/{id}"), 200, 1);
        metrics.count("GET", DOWNLOAD, 404, 1);
        metrics.count("DELETE", DOWNLOAD, 204, 1);
        metrics.count("GET", Route.outsideTheApi("/metrics"), 200, 1);
        assertThat(Exposition.of(registry).growthOf("depot_http_requests_total", new Exposition(Map.of()))).isEqualTo(Map.of(
                "{method=\"GET\",route=\"/api/v1/downloads/{id}\",status=\"200\"}", 2,
                "{method=\"GET\",route=\"/api/v1/downloads/{id}\",status=\"404\"}", 1,
                "{method=\"DELETE\",route=\"/api/v1/downloads/{id}\",status=\"204\"}", 1,
                "{method=\"GET\",route=\"/metrics\",status=\"200\"}", 1));
    }

    @Test
    void durationsAreInSecondsAndInFewBuckets() {
        metrics.count("GET", DOWNLOAD, 200, Duration.ofMillis(2).toNanos());
        metrics.count("GET", DOWNLOAD, 404, Duration.ofMillis(200).toNanos());
        metrics.count("GET", DOWNLOAD, 200, Duration.ofSeconds(9).toNanos());
        assertThat(Exposition.text(registry).lines().filter(line -> line.startsWith("wallwhale_http_request_duration_seconds"))
                .map(line -> line.replace("method=\"GET\",route=\"/api/v1/downloads/{id}\"", "")
                        .replace("wallwhale_http_request_duration_seconds", ""))).containsExactly("_bucket{,le=\"0.01\"} 1",
                "_bucket{,le=\"0.05\"} 1", "_bucket{,le=\"0.25\"} 2", "_bucket{,le=\"1.0\"} 2", "_bucket{,le=\"5.0\"} 2",
                "_bucket{,le=\"+Inf\"} 3", "_count{} 3", "_sum{} 9.202");
    }

    @Test
    void whatClientsInventMakesNoSeries() {
        for (int i = 0; i < 500; i++) {
            metrics.count("METHOD" + i, Route.outsideTheApi("/no/such/" + i), 404, 1);
            metrics.count("get", Route.outsideTheApi("/metrics;" + i), 404, 1);
        }
        assertThat(Exposition.of(registry).series().keySet())
                .filteredOn(series -> series.contains("route=")).hasSize(9);
        assertThat(Exposition.of(registry).series())
                .containsEntry("depot_http_requests_total{method=\"other\",route=\"other\",status=\"404\"}", 1000.0);
    }

    @Test
    void everyKindOfRefusalIsThereBeforeItsFirst() {
        assertThat(Exposition.of(registry).series()).isEqualTo(Map.of(REFUSALS + "{code=\"unauthenticated\",status=\"401\"}", 0.0,
                REFUSALS + "{code=\"forbidden\",status=\"403\"}", 0.0, REFUSALS + "{code=\"password_change_needed\",status=\"403\"}", 0.0,
                REFUSALS + "{code=\"too_many_requests\",status=\"429\"}", 0.0));
    }

    @Test
    void callsAtOnceAreAllCounted() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> calls = new ArrayList<>();
            Stream.iterate(0, i -> i + 1).limit(2_000).forEach(i -> calls.add(() -> {
                metrics.count("GET", Route.ofApi("/" + i % 7), 200 + i % 3, 1);
                metrics.countRefusal(Problem.UNAUTHENTICATED);
                return null;
            }));
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }
        Exposition told = Exposition.of(registry);
        assertThat(told.series().entrySet().stream().filter(one -> one.getKey().startsWith("depot_http_requests_total"))
                .mapToDouble(Map.Entry::getValue).sum()).isEqualTo(2_000);
        assertThat(told.value(REFUSALS + "{code=\"unauthenticated\",status=\"401\"}")).isEqualTo(2_000);
    }
}
