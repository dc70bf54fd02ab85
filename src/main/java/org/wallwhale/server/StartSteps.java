package org.wallwhale.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a start has begun so far, to be ended again, the last first, when the start fails. */
final class StartSteps {
    private static final Logger LOG = System.getLogger(StartSteps.class.getName());
    /** What the launcher looks for in the log to end with a code of its own. */
    private static final String REFUSED = "The start is refused";
    /** How a sentence begins whose cause goes away by itself: a service manager may try again. */
    private static final String REFUSED_FOR_NOW = REFUSED + " for now";
    private final Deque<Runnable> ends = new ArrayDeque<>();

    /** {@code end} is also for a {@code start} that failed halfway. */
    void begin(Runnable start, Runnable end) {
        ends.push(end);
        start.run();
    }

    /** Ends all that was begun. What to throw then: a sentence for people, whatever {@code failure} is. */
    RuntimeException undo(Throwable failure) {
        while (!ends.isEmpty()) {
            end(ends.pop());
        }
        return failure instanceof RuntimeException refusal && String.valueOf(refusal.getMessage()).startsWith(REFUSED) ? refusal
                : new IllegalStateException(REFUSED + ", because it failed: " + failure, failure);
    }

    /** Whether somebody must put something right first: it has a sentence of its own that does not say "for now". */
    static boolean isForGood(Throwable failure) {
        String sentence = String.valueOf(failure.getMessage());
        return failure instanceof RuntimeException && sentence.startsWith(REFUSED) && !sentence.startsWith(REFUSED_FOR_NOW);
    }

    private static void end(Runnable end) {
        try {
            end.run();
        } catch (Throwable e) {
            // also an Error, of which there may be more when there was one
            LOG.log(Level.WARNING, "A part of the server that does not start could not be ended", e);
        }
    }
}
