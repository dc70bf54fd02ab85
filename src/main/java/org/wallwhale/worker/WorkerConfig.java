package org.wallwhale.worker;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.wallwhale.config.Settings;

/** How much this instance runs at once, and how it stops. */
@Dependent
public class WorkerConfig {
    private final int slots;
    private final Duration maxRuntime;
    private final Duration backoff;
    private final Duration stopAfter;

    @Inject
    public WorkerConfig(Settings settings) {
        slots = settings.wholeNumber("wallwhale.worker.slots", 0, 64);
        maxRuntime = settings.seconds("wallwhale.worker.max-runtime-seconds", 10, 604_800);
        backoff = settings.seconds("wallwhale.worker.backoff-seconds", 0, 3600);
        stopAfter = settings.seconds("wallwhale.worker.stop-after-seconds", 0, 10);
    }

    int slots() {
        return slots;
    }

    public Duration maxRuntime() {
        return maxRuntime;
    }

    public Duration backoff() {
        return backoff;
    }

    Duration stopAfter() {
        return stopAfter;
    }
}
