package org.wallwhale.server;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting for something that another process does. */
final class Wait {
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    private Wait() {
    }

    /** In how many seconds the specification wants something; ten times as many but in the long form, which has a machine for itself. */
    static Duration goal(int seconds) {
        return Duration.ofSeconds(System.getProperty("chaos.form", "short").equals("long") ? seconds : 10L * seconds);
    }

    /** Fails with {@code what} when it does not come true. */
    static void until(String what, Duration within, Callable<Boolean> condition) {
        if (!comesTrue(within, condition)) {
            throw new AssertionError("Not within " + within + ": " + what);
        }
    }

    /** Whether it came true in time. */
    static boolean comesTrue(Duration within, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!isTrue(condition)) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    private static boolean isTrue(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
