package org.wallwhale.quota;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.wallwhale.metrics.Registry;

/** Calls by API keys, of which the first {@value #MOST_KEYS} are told apart, and calls that no limit could count. */
@ApplicationScoped
class QuotaMetrics {
    static final int MOST_KEYS = 1_000;
    private final Map<UUID, Map<String, CounterDataPoint>> byKey = new ConcurrentHashMap<>();
    private final Map<String, CounterDataPoint> others = new ConcurrentHashMap<>();
    private Counter uses;
    private Counter uncounted;

    QuotaMetrics() {
    }

    @Inject
    QuotaMetrics(Registry registry) {
        uses = registry.counter("depot_api_key_usage_total", "Calls by API keys", "keyId", "endpoint");
        uncounted = registry.counter("wallwhale_uncounted_requests_total",
                "Reads that were let through because their limits could not be looked up");
    }

    /** Before they count anything: an alarm cannot tell a metric that is not there from zero. */
    void declare(@Observes Startup start) {
        // made by now
    }

    /** {@code endpoint} as in {@link Use}. */
    void countUse(UUID key, String endpoint) {
        Map<String, CounterDataPoint> known = byKey.get(key);
        if (known == null) {
            known = firstOf(key);
        }
        String label = known == others ? "other" : key.toString();
        known.computeIfAbsent(endpoint, first -> uses.labelValues(label, endpoint)).inc();
    }

    private synchronized Map<String, CounterDataPoint> firstOf(UUID key) {
        return byKey.size() < MOST_KEYS ? byKey.computeIfAbsent(key, first -> new ConcurrentHashMap<>())
                : byKey.getOrDefault(key, others);
    }

    void countUncounted() {
        uncounted.inc();
    }
}
