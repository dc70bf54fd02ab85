package org.wallwhale.engine;

import java.util.concurrent.TimeUnit;

/** Turns measured bytes into a {@link Progress}: a speed smoothed over about five seconds, a percentage that never falls. */
final class ProgressMeter {
    private static final double SMOOTHING_SECONDS = 5;
    private static final int NOT_YET_JUDGED = 99;

    private long lastAt;
    private long lastBytes;
    private double bytesPerSecond;
    private int percent;
    private boolean started;

    /** {@code total} is -1 while unknown; {@code nanos} is {@link System#nanoTime()}. */
    Progress measured(long bytes, long total, long nanos) {
        if (started) {
            double seconds = Math.max(1e-3, (nanos - lastAt) / (double) TimeUnit.SECONDS.toNanos(1));
            double share = bytesPerSecond == 0 ? 1 : 1 - Math.exp(-seconds / SMOOTHING_SECONDS);
            bytesPerSecond += share * (Math.max(0, bytes - lastBytes) / seconds - bytesPerSecond);
        }
        started = true;
        lastAt = nanos;
        lastBytes = bytes;
        // Folders and bookkeeping take blocks too.
        long done = total < 0 ? bytes : Math.min(bytes, total);
        if (total > 0) {
            percent = Math.max(percent, (int) Math.min(NOT_YET_JUDGED, done * 100.0 / total));
        }
        long speed = Math.round(bytesPerSecond);
        return new Progress(done, total, speed, total < 0 || speed == 0 ? -1 : (total - done) / speed, percent);
    }
}
