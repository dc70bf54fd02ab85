package org.wallwhale.rest;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that made it when the time is over and it was not closed before. For what may have no timeout of its own, such as
 * the body of an HTTP/2 stream where the transport is not given one. Nothing else may be done meanwhile: H2 closes its file under an interrupted thread.
 */
final class Deadline implements AutoCloseable {
    private final Thread waiting = Thread.currentThread();
    private final Future<?> alarm;
    private boolean closed;

    Deadline(ScheduledExecutorService timers, Duration time) {
        alarm = timers.schedule(this::ring, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void ring() {
        if (!closed) {
            waiting.interrupt();
        }
    }

    /** The thread is as it was: not interrupted. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        alarm.cancel(false);
        Thread.interrupted();
    }
}
