package org.wallwhale.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How requests were answered. */
@ApplicationScoped
class CallMetrics {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final double[] UP_TO_SECONDS = {0.01, 0.05, 0.25, 1, 5};
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    private final Map<Route, Map<String, Series>> series = new ConcurrentHashMap<>();
    private Counter requests;
    private Histogram durations;
    private Counter refusals;

    CallMetrics() {
    }

    @Inject
    CallMetrics(Registry registry) {
        requests = registry.counter("depot_http_requests_total", "Requests answered", "method", "route", "status");
        durations = registry.histogram("wallwhale_http_request_duration_seconds",
                "Time until a request was answered, or until its stream or file began", UP_TO_SECONDS, "method", "route");
        refusals = registry.counter("wallwhale_refusals_total", "Requests answered by 401, 403 or 429", "status", "code");
    }

    /** Found without looking up labels: each of them costs a call more than all the rest. */
    private record Series(DistributionDataPoint duration, Map<Integer, CounterDataPoint> requests) {
    }

    void count(String method, Route route, int status, long nanos) {
        String known = METHODS.contains(method) ? method : "other";
        Series one = series.computeIfAbsent(route, first -> new ConcurrentHashMap<>()).computeIfAbsent(known,
                first -> new Series(durations.labelValues(known, route.label()), new ConcurrentHashMap<>()));
        one.requests.computeIfAbsent(status, first -> requests.labelValues(known, route.label(), String.valueOf(status))).inc();
        one.duration.observe(nanos / NANOS);
    }

    /** {@code code} as problems have it. */
    void countRefusal(int status, String code) {
        refusals.labelValues(String.valueOf(status), code).inc();
    }
}
