package org.wallwhale.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.wallwhale.problem.Problem;

/** How requests were answered. */
@ApplicationScoped
class CallMetrics {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final double[] UP_TO_SECONDS = {0.01, 0.05, 0.25, 1, 5};
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    private final Map<Route, Map<String, Series>> series = new ConcurrentHashMap<>();
    private final Map<Problem, CounterDataPoint> refusals = new EnumMap<>(Problem.class);
    private Counter requests;
    private Histogram durations;

    CallMetrics() {
    }

    @Inject
    CallMetrics(Registry registry) {
        requests = registry.counter("depot_http_requests_total", "Requests answered", "method", "route", "status");
        durations = registry.histogram("wallwhale_http_request_duration_seconds",
                "Time until a request was answered, or until its stream or file began", UP_TO_SECONDS, "method", "route");
        Counter refused = registry.counter("wallwhale_refusals_total", "Requests answered by 401, 403 or 429", "status", "code");
        // from the start, because a series that begins with its first refusal shows no growth
        Stream.of(Problem.values()).filter(problem -> isRefusal(problem.status())).forEach(problem -> refusals.put(problem,
                refused.labelValues(String.valueOf(problem.status()), problem.name().toLowerCase(Locale.ROOT))));
    }

    static boolean isRefusal(int status) {
        return status == 401 || status == 403 || status == 429;
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

    void countRefusal(Problem problem) {
        refusals.get(problem).inc();
    }
}
