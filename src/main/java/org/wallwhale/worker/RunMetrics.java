package org.wallwhale.worker;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.wallwhale.engine.FetchedFile;
import org.wallwhale.engine.Outcome;
import org.wallwhale.engine.Reason;
import org.wallwhale.metrics.Registry;

/** How runs ended here, what they fetched, and how long the database took for their two short transactions. */
@ApplicationScoped
class RunMetrics {
    private static final double[] SHORT = {0.005, 0.025, 0.1, 0.5, 2.5, 10};
    private static final double[] LONG = {1, 10, 60, 600, 3600, 21_600};
    private static final double NANOS = 1e9;
    static final String OVERTAKEN = "overtaken";
    static final String WAITS = "waits_for_login";
    static final String BROKE = "internal";
    private static final String SUCCESS = "success";
    private Counter ended;
    private Counter bytes;
    private Histogram durations;
    private DistributionDataPoint claims;
    private DistributionDataPoint settlements;

    RunMetrics() {
    }

    @Inject
    RunMetrics(Registry registry) {
        ended = registry.counter("wallwhale_runs_total", "Runs that ended, by success or the code of what ended them", "outcome");
        // from the start, because a series that begins with its first end shows no growth
        Stream.concat(Stream.of(SUCCESS, OVERTAKEN, WAITS, BROKE), Stream.of(Reason.values()).map(Reason::code)).forEach(ended::labelValues);
        bytes = registry.counter("wallwhale_fetched_bytes_total", "Bytes of content that runs fetched");
        durations = registry.histogram("wallwhale_run_duration_seconds", "Time from a claim to its end", LONG, "success");
        Stream.of("true", "false").forEach(durations::labelValues);
        claims = registry.histogram("wallwhale_claim_duration_seconds", "Time that a look for the next download took", SHORT).labelValues();
        settlements = registry.histogram("wallwhale_settle_duration_seconds", "Time that writing down a success took", SHORT).labelValues();
    }

    void ended(Outcome outcome, long beganAt) {
        boolean success = outcome instanceof Outcome.Fetched;
        if (outcome instanceof Outcome.Fetched fetched) {
            bytes.inc(fetched.files().stream().mapToLong(FetchedFile::sizeBytes).sum());
        }
        ended(outcome instanceof Outcome.NotFetched failed ? failed.reason().code() : SUCCESS, success, beganAt);
    }

    /** A run that had no outcome: it was overtaken, waits for a login, or broke. */
    void endedWithout(String outcome, long beganAt) {
        ended(outcome, false, beganAt);
    }

    private void ended(String outcome, boolean success, long beganAt) {
        ended.labelValues(outcome).inc();
        durations.labelValues(String.valueOf(success)).observe((System.nanoTime() - beganAt) / NANOS);
    }

    <T> T claiming(Supplier<T> claim) {
        return timed(claims, claim);
    }

    <T> T settling(Supplier<T> settlement) {
        return timed(settlements, settlement);
    }

    private static <T> T timed(DistributionDataPoint times, Supplier<T> work) {
        long began = System.nanoTime();
        try {
            return work.get();
        } finally {
            times.observe((System.nanoTime() - began) / NANOS);
        }
    }
}
