package org.wallwhale.share;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How fast the readers of one link get their bytes, all of them together. Each has turns of its own, so that none goes ahead of the others. */
final class Pace {
    private static final long LONGEST_SENT = 1 << 20;
    /** So that a limit that is lifted hastens those who wait. */
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);
    private final LongSupplier nanoTime;
    private long bytesPerSecond;
    /** When all that went out is paid for. */
    private long freeAt;

    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        freeAt = nanoTime.getAsLong();
    }

    /** From now on; 0 for as fast as they can. */
    synchronized void set(long rate) {
        if (rate != bytesPerSecond) {
            bytesPerSecond = rate;
            freeAt = nanoTime.getAsLong();
        }
    }

    /** When a reader that comes now has its first turn. */
    synchronized long firstTurn() {
        return freeAt;
    }

    /** So many bytes went out to a reader just now; when it has its next turn. */
    synchronized long spend(long bytes) {
        long now = nanoTime.getAsLong();
        if (bytesPerSecond > 0) {
            freeAt = (freeAt - now > 0 ? freeAt : now) + (long) (bytes * 1e9 / bytesPerSecond);
        }
        return freeAt;
    }

    /** How long a reader with this turn is to wait before it asks again; 0 when it is its turn. */
    synchronized long pauseNanos(long turn) {
        long now = nanoTime.getAsLong();
        return bytesPerSecond == 0 ? 0 : Math.max(0, Math.min(LONGEST_WAIT, Math.min(turn - now, freeAt - now)));
    }

    /** How many bytes may go out in a turn, which is a quarter of a second's. */
    synchronized long most() {
        return bytesPerSecond == 0 ? LONGEST_SENT : Math.min(LONGEST_SENT, bytesPerSecond / 4);
    }
}
