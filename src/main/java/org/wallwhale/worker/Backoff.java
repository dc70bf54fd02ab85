package org.wallwhale.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.wallwhale.engine.Retry;

/** When a failed run is worth another attempt. */
public final class Backoff {
    private static final Duration LONG_WAIT = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final double JITTER = 0.2;

    private Backoff() {
    }

    /** The time to wait after the {@code attempt}-th failed run since it was wanted, with up to a fifth more by chance; empty when a retry cannot help. */
    public static Optional<Duration> after(Retry retry, int attempt, Duration first, RandomGenerator chance) {
        return switch (retry) {
            case NEVER, AFTER_HELP, OTHER_WAY -> Optional.empty();
            case LONG_WAIT -> Optional.of(jittered(LONG_WAIT, chance));
            case BACKOFF -> {
                Duration doubled = first.multipliedBy(1L << Math.min(attempt - 1, 12));
                yield Optional.of(jittered(doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST, chance));
            }
        };
    }

    private static Duration jittered(Duration wait, RandomGenerator chance) {
        return wait.plusMillis((long) (wait.toMillis() * JITTER * chance.nextDouble()));
    }
}
