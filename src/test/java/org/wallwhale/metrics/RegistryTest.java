package org.wallwhale.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private final Registry registry = new Registry();

    @Test
    void theTextHasEveryMetricWithItsHelpAndType() {
        Counter counter = registry.counter("wallwhale_things_total", "Things that were done", "kind");
        AtomicInteger running = new AtomicInteger(3);
        registry.gauge("depot_things_active", "Things going on", running::get);
        registry.counter("wallwhale_faults_total", "What went wrong");
        counter.labelValues("small").inc();
        counter.labelValues("a \"big\" one").inc();
        counter.labelValues("small").inc();
        assertThat(Exposition.text(registry)).isEqualTo("""
                # HELP depot_things_active Things going on
                # TYPE depot_things_active gauge
                depot_things_active 3.0
                # HELP wallwhale_faults_total What went wrong
                # TYPE wallwhale_faults_total counter
                wallwhale_faults_total 0.0
                # HELP wallwhale_things_total Things that were done
                # TYPE wallwhale_things_total counter
                wallwhale_things_total{kind="a \\"big\\" one"} 1.0
                wallwhale_things_total{kind="small"} 2.0
                """);
        running.set(0);
        assertThat(Exposition.of(registry).series()).containsEntry("depot_things_active", 0.0);
    }

    @Test
    void aNameBelongsToOneMetric() {
        registry.counter("wallwhale_things_total", "Things");
        assertThatThrownBy(() -> registry.counter("wallwhale_things_total", "Other things")).isInstanceOf(IllegalStateException.class);
    }
}
