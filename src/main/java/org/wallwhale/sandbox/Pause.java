package org.wallwhale.sandbox;

/** Standing still. */
final class Pause {
    private Pause() {
    }

    static void milliseconds(long milliseconds) {
        nanoseconds(milliseconds * 1_000_000);
    }

    static void nanoseconds(long nanoseconds) {
        try {
            Thread.sleep(nanoseconds / 1_000_000, (int) (nanoseconds % 1_000_000));
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
    }

    static void forever() {
        while (true) {
            milliseconds(60_000);
        }
    }
}
