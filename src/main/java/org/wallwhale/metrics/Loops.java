package org.wallwhale.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The loops that this instance cannot do without. One that hangs is cured by nothing but a new start. */
@ApplicationScoped
public class Loops {
    /**
     * Longer than any of them takes while the database is slow: a turn may ask it many questions of up to ten seconds. A start that cures
     * nothing costs more than a hang that is found late.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private LongSupplier nanoTime;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();

    private record Watched(Loop loop, Duration pause) {
        boolean isStuck() {
            return loop.age().compareTo(pause.plus(PATIENCE)) > 0;
        }
    }

    Loops() {
    }

    @Inject
    Loops(Registry registry) {
        this(registry, System::nanoTime);
    }

    Loops(Registry registry, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        registry.gauge("wallwhale_loops_stuck", "Loops of this instance that hang", () -> stuck().size());
        registry.gauges("wallwhale_loop_age_seconds", "Seconds since a loop of this instance ended its last turn", "loop", this::ages);
    }

    /** Watched from now on, instead of an earlier one of that name. Somebody else has to run it, after each {@code pause}. */
    public Loop every(Duration pause, String what, Runnable task) {
        Loop loop = new Loop(what, task, nanoTime);
        watched.put(what, new Watched(loop, pause));
        return loop;
    }

    /** Those that have not ended a turn for ten minutes longer than their pause, by name. */
    public List<String> stuck() {
        return watched.entrySet().stream().filter(one -> one.getValue().isStuck()).map(Map.Entry::getKey).sorted().toList();
    }

    private Map<String, Double> ages() {
        Map<String, Double> ages = new TreeMap<>();
        watched.forEach((what, one) -> ages.put(what, one.loop().age().toMillis() / 1000.0));
        return ages;
    }
}
