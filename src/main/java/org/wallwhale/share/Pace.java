package org.wallwhale.share;

import java.util.function.LongSupplier;

/** How fast the readers of one link get their bytes, all of them together. */
final class Pace {
    private static final long LONGEST_SENT = 1 << 20;
    private final LongSupplier nanoTime;
    private long bytesPerSecond;
    private long freeAt;

    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        freeAt = nanoTime.getAsLong();
    }

    /** From now on; 0 for as fast as they can. */
    synchronized void set(long rate) {
        bytesPerSecond = rate;
    }

    /** So many bytes went out just now. */
    synchronized void spend(long bytes) {
        if (bytesPerSecond > 0) {
            long now = nanoTime.getAsLong();
            freeAt = (freeAt - now > 0 ? freeAt : now) + (long) (bytes * 1e9 / bytesPerSecond);
        }
    }

    /** How long to wait for the next ones. */
    synchronized long pauseNanos() {
        return bytesPerSecond == 0 ? 0 : Math.max(0, freeAt - nanoTime.getAsLong());
    }

    /** How many bytes may go out at once, which is a quarter of a second's. */
    synchronized long most() {
        return bytesPerSecond == 0 ? LONGEST_SENT : Math.min(LONGEST_SENT, bytesPerSecond / 4);
    }
}
