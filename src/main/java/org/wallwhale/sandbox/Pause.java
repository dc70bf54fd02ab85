package org.wallwhale.sandbox;

import java.util.concurrent.locks.LockSupport;

/** Standing still. */
final class Pause {
    private Pause() {
    }

    static void milliseconds(long milliseconds) {
        nanoseconds(milliseconds * 1_000_000);
    }

    /** Returns at once for a time that has passed. */
    static void nanoseconds(long nanoseconds) {
        long end = System.nanoTime() + nanoseconds;
        for (long rest = nanoseconds; rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    static void forever() {
        while (true) {
            milliseconds(60_000);
        }
    }
}
