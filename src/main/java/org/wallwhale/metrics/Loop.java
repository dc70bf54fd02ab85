package org.wallwhale.metrics;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * What this instance does again and again. It never throws, because a timer gives up a task that does. That it fails each time is
 * told once, at the first failure; so is that it is well again.
 */
public final class Loop implements Runnable {
    private static final Logger LOG = System.getLogger(Loop.class.getName());
    private final String what;
    private final Runnable task;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final LongSupplier nanoTime;
    private volatile long turnedAt;

    /** {@code what} completes the sentence "This instance could not …". */
    public Loop(String what, Runnable task) {
        this(what, task, System::nanoTime);
    }

    Loop(String what, Runnable task, LongSupplier nanoTime) {
        this.what = what;
        this.task = task;
        this.nanoTime = nanoTime;
        turnedAt = nanoTime.getAsLong();
    }

    @Override
    public void run() {
        try {
            task.run();
            if (failing.getAndSet(false)) {
                LOG.log(Level.INFO, "This instance can " + what + " again.");
            }
        } catch (Throwable e) {
            LOG.log(failing.getAndSet(true) ? Level.DEBUG : Level.WARNING, "This instance could not " + what + "; it tries again.", e);
        } finally {
            turnedAt = nanoTime.getAsLong();
        }
    }

    /** Since a turn of it ended last, well or not; since it was made, before its first. */
    Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - turnedAt);
    }
}
