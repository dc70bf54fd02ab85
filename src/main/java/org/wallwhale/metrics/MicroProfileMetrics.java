package org.wallwhale.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * For a server that collects metrics by MicroProfile Metrics: gives it our counters and gauges every five seconds, under their names.
 * Not the histograms, of which it would take no buckets, nor what it knows of the Java machine itself, nor what names a key or an account:
 * below a context path the server shows its metrics to everybody. A server that does not collect
 * them has no class for the registry, and leaves this bean out.
 */
@ApplicationScoped
class MicroProfileMetrics {
    private static final System.Logger LOG = System.getLogger(MicroProfileMetrics.class.getName());
    private static final int PAUSE_SECONDS = 5;
    private static final Set<String> NAMING = Set.of("keyId", "account");
    @Inject
    private Registry ours;
    @Inject
    private Instance<MetricRegistry> registry;
    @Resource
    private ManagedScheduledExecutorService timer;
    private MetricRegistry theirs;
    private Future<?> copying;
    private volatile Map<MetricID, Double> gauges = Map.of();

    /** Where the server's metrics are switched off, Payara 6.2025.10 promises a registry and throws when it is asked for. */
    void begin(@Observes Startup start) {
        try {
            theirs = registry.get();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The server shows no metrics", e);
            return;
        }
        copying = timer.scheduleWithFixedDelay(new Loop("give the server its metrics", this::copy), 0, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        if (copying != null) {
            copying.cancel(false);
        }
    }

    private void copy() {
        Map<MetricID, Double> before = gauges;
        Map<MetricID, Double> now = new HashMap<>();
        for (MetricSnapshot metric : ours.declared()) {
            if (metric instanceof CounterSnapshot counters) {
                anonymous(counters.getDataPoints()).forEach(one -> copy(one, theirs.counter(metadata(metric, "_total"), tags(one))));
            } else if (metric instanceof GaugeSnapshot values) {
                anonymous(values.getDataPoints()).forEach(one -> {
                    now.put(new MetricID(metadata(metric, "").getName(), tags(one)), one.getValue());
                    show(metadata(metric, ""), tags(one));
                });
            }
        }
        gauges = now;
        before.keySet().stream().filter(id -> !now.containsKey(id)).forEach(theirs::remove);
    }

    private static <T extends DataPointSnapshot> Stream<T> anonymous(List<T> all) {
        return all.stream().filter(one -> one.getLabels().stream().noneMatch(label -> NAMING.contains(label.getName())));
    }

    /** Whose value cannot be set. */
    private static void copy(CounterSnapshot.CounterDataPointSnapshot ours, Counter theirs) {
        theirs.inc((long) ours.getValue() - theirs.getCount());
    }

    private void show(Metadata metadata, Tag... tags) {
        MetricID id = new MetricID(metadata.getName(), tags);
        theirs.gauge(metadata, () -> gauges.getOrDefault(id, Double.NaN), tags);
    }

    private static Metadata metadata(MetricSnapshot metric, String suffix) {
        return Metadata.builder().withName(metric.getMetadata().getPrometheusName() + suffix).withDescription(metric.getMetadata().getHelp())
                .build();
    }

    private static Tag[] tags(DataPointSnapshot one) {
        return one.getLabels().stream().map(label -> new Tag(label.getName(), label.getValue())).toArray(Tag[]::new);
    }
}
