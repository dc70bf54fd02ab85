package org.wallwhale.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One thing that is done again and again by one thread: after each pause, and at once when woken, however often that was. */
final class Repeated implements Runnable {
    private static final Logger LOG = System.getLogger(Repeated.class.getName());
    private final Duration pause;
    private final Runnable task;
    private final Semaphore wakeUps = new Semaphore(0);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean ended;

    Repeated(String what, Duration pause, Runnable task) {
        this.pause = pause;
        this.task = guarded(what, task);
    }

    /** A recurring task that throws, whatever it is, would never run again. That it does so each time is told once. */
    static Runnable guarded(String what, Runnable task) {
        AtomicBoolean failing = new AtomicBoolean();
        return () -> {
            try {
                task.run();
                if (failing.getAndSet(false)) {
                    LOG.log(Level.INFO, "The worker can " + what + " again.");
                }
            } catch (Throwable e) {
                LOG.log(failing.getAndSet(true) ? Level.DEBUG : Level.WARNING, "The worker could not " + what + "; it tries again.", e);
            }
        };
    }

    void wake() {
        wakeUps.release();
    }

    /** Not again; waits for the time that is running, but not longer than {@code patience}. */
    void end(Duration patience) {
        ended = true;
        wake();
        try {
            over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (!ended) {
                task.run();
                wakeUps.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over.countDown();
        }
    }
}
