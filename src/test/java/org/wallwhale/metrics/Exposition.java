package org.wallwhale.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The text of {@code /metrics} as numbers, by name and labels as the text has them. */
public record Exposition(Map<String, Double> series) {
    public static Exposition of(String text) {
        return new Exposition(text.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toMap(
                line -> line.substring(0, line.lastIndexOf(' ')), line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)),
                (one, other) -> {
                    throw new AssertionError("A series is there twice in " + text);
                }, TreeMap::new)));
    }

    public static Exposition of(Registry registry) {
        return of(text(registry));
    }

    static String text(Registry registry) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            registry.write(out);
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** 0 where there is no such series. */
    public double value(String one) {
        return series.getOrDefault(one, 0.0);
    }

    /** By how much each series of one metric grew; those that did not are left out. */
    public Map<String, Integer> growthOf(String metric, Exposition before) {
        Map<String, Integer> growth = new TreeMap<>();
        series.forEach((name, value) -> {
            int more = (int) (value - before.value(name));
            if (name.startsWith(metric + "{") && more != 0) {
                growth.put(name.substring(metric.length()), more);
            }
        });
        return growth;
    }
}
