package org.wallwhale.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.wallwhale.metrics.Loop;

/** One thing that is done again and again by one thread: after each pause, and at once when woken, however often that was. */
final class Repeated implements Runnable {
    private final Duration pause;
    private final Loop task;
    private final Semaphore wakeUps = new Semaphore(0);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean ended;

    Repeated(Duration pause, Loop task) {
        this.pause = pause;
        this.task = task;
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
