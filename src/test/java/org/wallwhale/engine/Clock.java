package org.wallwhale.engine;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A {@link System#nanoTime()} that a test sets. */
final class Clock implements LongSupplier {
    private long nanos = -5_000_000_000L;

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Override
    public long getAsLong() {
        return nanos;
    }
}
