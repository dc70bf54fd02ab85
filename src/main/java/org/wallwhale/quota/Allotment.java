package org.wallwhale.quota;

import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * The permits of one limit that this instance holds, so that most calls need no database. Permits are reserved a fiftieth of the
 * limit at a time: of a limit that several instances share, all but that much a piece is used. Once the database has none left
 * for a window, nobody is asked again before the window ends.
 */
final class Allotment {
    private static final int BATCHES = 50;
    private final Share share;
    private final LongSupplier nanoTime;
    private long permits;
    private long unclaimed = 1;
    private volatile long windowEnd;

    Allotment(Share share, LongSupplier nanoTime) {
        this.share = share;
        this.nanoTime = nanoTime;
        this.windowEnd = nanoTime.getAsLong();
    }

    /** Takes one permit if there is one; {@code database} is {@link QuotaService#reserve}. */
    synchronized Standing take(BiFunction<Share, Long, Grant> database) {
        if (isOver() || permits == 0 && unclaimed > 0) {
            long asked = nanoTime.getAsLong();
            Grant grant = database.apply(share, Math.max(1, share.limit() / BATCHES));
            add(grant, asked);
        }
        boolean granted = permits > 0;
        permits -= granted ? 1 : 0;
        return new Standing(share, granted, permits + unclaimed, Math.max(0, windowEnd - nanoTime.getAsLong()));
    }

    /** What the database gave, when it was asked at nanosecond {@code asked}; what is left of the same window stays. */
    synchronized void add(Grant grant, long asked) {
        permits = (isOver() ? 0 : permits) + grant.permits();
        unclaimed = grant.unclaimed();
        windowEnd = asked + grant.windowEndsInNanos();
    }

    /** Gives a permit back that another limit made useless. */
    synchronized void giveBack() {
        if (!isOver()) {
            permits++;
        }
    }

    /** Waits for nobody who waits for the database. */
    boolean isOver() {
        return nanoTime.getAsLong() - windowEnd >= 0;
    }
}
