package org.wallwhale.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits, and says how long something takes: in place on a terminal, elsewhere a line after ten seconds, and after twice as many each time. */
final class Patience {
    private final PrintWriter out;
    private final boolean terminal;
    private final Duration step;

    Patience(PrintWriter out, boolean terminal) {
        this(out, terminal, Duration.ofSeconds(1));
    }

    /** {@code step} is what counts as a second. */
    Patience(PrintWriter out, boolean terminal, Duration step) {
        this.out = out;
        this.terminal = terminal;
        this.step = step;
    }

    /** Silent for the first second. What {@code deed} throws passes on. */
    <T> T await(String what, Supplier<T> deed) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(deed);
        long seconds = 0;
        long next = 10;
        while (true) {
            try {
                T found = result.get(step.toNanos(), TimeUnit.NANOSECONDS);
                clear(seconds);
                return found;
            } catch (TimeoutException e) {
                seconds++;
                next = show(what, seconds, next);
            } catch (ExecutionException e) {
                clear(seconds);
                throw e.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailure(CommandFailure.NOT_REACHABLE, "Interrupted.");
            }
        }
    }

    /** Returns when to say it again. */
    private long show(String what, long seconds, long next) {
        if (terminal) {
            out.print("\r" + what + " … " + seconds + " s");
        } else if (seconds == next) {
            out.println(what + " … " + seconds + " s");
        }
        out.flush();
        return seconds == next ? 2 * next : next;
    }

    private void clear(long seconds) {
        if (terminal && seconds > 0) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }

    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw CommandFailure.interrupted();
            }
        }
    }
}
