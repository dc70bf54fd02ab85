package org.wallwhale.live;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.wallwhale.download.LogSpan;
import org.wallwhale.problem.Problem;

/**
 * Where a reader wants to begin. {@link #of} refuses with INVALID, naming what is wrong.
 *
 * @param after the last number that the reader has
 * @param attempt the run it asked for
 */
record Start(OptionalLong after, OptionalInt attempt) {
    /** The header wins over the parameter: a browser that reconnects sends both, and the header is the newer one. */
    static Start of(String lastEventId, String after, String attempt) {
        OptionalLong header = number("header \"Last-Event-ID\"", "".equals(lastEventId) ? null : lastEventId, 0);
        OptionalLong parameter = number("query parameter \"after\"", after, 0);
        OptionalLong run = number("query parameter \"attempt\"", attempt, 1);
        if (run.isPresent() && run.getAsLong() > Integer.MAX_VALUE) {
            throw refused("query parameter \"attempt\"", 1);
        }
        return new Start(header.isPresent() ? header : parameter,
                run.isPresent() ? OptionalInt.of((int) run.getAsLong()) : OptionalInt.empty());
    }

    /**
     * The number after which to send. One that the log never had, as after a restored backup, means everything again: a repeat
     * is better than a gap.
     */
    long cursor(LogSpan span) {
        if (after.isEmpty() || after.getAsLong() > span.newest()) {
            return span.after();
        }
        return attempt.isEmpty() ? after.getAsLong() : Math.max(span.after(), after.getAsLong());
    }

    private static OptionalLong number(String name, String text, long min) {
        if (text == null) {
            return OptionalLong.empty();
        }
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) < min) {
            throw refused(name, min);
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    private static RuntimeException refused(String name, long min) {
        return Problem.INVALID.because("The " + name + " must be a whole number from " + min + " on.");
    }
}
