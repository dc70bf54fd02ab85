package org.wallwhale.workshop;

import java.util.concurrent.TimeUnit;

/**
 * How long one who asks leaves Steam alone after a refusal: ten seconds, doubled with each one that follows, at most some ten
 * minutes. Refusals of what was asked together count once. Times are those of {@link System#nanoTime}.
 */
final class Quiet {
    private static final long FIRST_SECONDS = 10;
    private static final int MOST_DOUBLINGS = 6;
    private int refusals;
    private long until;

    synchronized boolean holds(long now) {
        return refusals > 0 && until - now > 0;
    }

    synchronized void refused(long now) {
        if (!holds(now)) {
            until = now + TimeUnit.SECONDS.toNanos(FIRST_SECONDS << Math.min(refusals++, MOST_DOUBLINGS));
        }
    }

    synchronized void answered() {
        refusals = 0;
    }
}
