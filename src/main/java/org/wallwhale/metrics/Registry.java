package org.wallwhale.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * All metrics of this instance, since its start. Each room declares its own, once: an exception for a name that is taken. The
 * values of a label must be few, whatever clients send.
 */
@ApplicationScoped
public class Registry {
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;
    private static final PrometheusTextFormatWriter TEXT = PrometheusTextFormatWriter.create();
    private final PrometheusRegistry metrics = new PrometheusRegistry();

    /** Those of the Java machine, {@code jvm_…} and {@code process_…}; once. */
    public void addJavaMachine() {
        JvmMetrics.builder().register(metrics);
    }

    /** {@code name} ends with {@code _total}. */
    public Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).withoutExemplars().register(metrics);
    }

    /** {@code value} is asked at each look; it must not wait. */
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder().name(name).help(help).callback(gauge -> gauge.call(value.getAsDouble())).register(metrics);
    }

    /** One series for each key of {@code values}, which is asked at each look; it must not wait, and have few keys. */
    public void gauges(String name, String help, String label, Supplier<Map<String, Double>> values) {
        GaugeWithCallback.builder().name(name).help(help).labelNames(label)
                .callback(gauge -> values.get().forEach((key, value) -> gauge.call(value, key))).register(metrics);
    }

    /** Of seconds. */
    public Histogram histogram(String name, String help, double[] upperBounds, String... labels) {
        return Histogram.builder().name(name).help(help).labelNames(labels).classicOnly().classicUpperBounds(upperBounds)
                .withoutExemplars().register(metrics);
    }

    /** What the rooms declared, as it is now. */
    MetricSnapshots declared() {
        return metrics.scrape(name -> !name.startsWith("jvm_") && !name.startsWith("process_"));
    }

    /** In Prometheus's text format 0.0.4, the metrics and their series in order. */
    void write(OutputStream out) throws IOException {
        TEXT.write(out, metrics.scrape());
    }
}
