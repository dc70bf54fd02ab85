package org.wallwhale.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * How renewing went last.
 *
 * @param notBefore when it may be tried again
 * @param failures in a row
 * @param reason a sentence; empty when it went well
 */
record RenewalState(Instant notBefore, int failures, String reason) {
    static final String FILE = "acme-state";
    static final RenewalState WELL = new RenewalState(Instant.EPOCH, 0, "");
    /** More was left by a clock that was wrong. */
    private static final Duration BELIEVED = Duration.ofDays(8);
    private static final Duration LONGEST_ASKED = Duration.ofDays(7);
    private static final Duration FIRST_WAIT = Duration.ofMinutes(15);
    /** A certificate of six days is renewed two days before its end. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(8);

    /** What cannot be read was well. */
    static RenewalState read(Path file) {
        try {
            String[] parts = Files.readString(file).split(" ", 3);
            return new RenewalState(Instant.parse(parts[0]), Integer.parseInt(parts[1]), parts[2].strip());
        } catch (IOException | RuntimeException e) {
            return WELL;
        }
    }

    /** Even if what came is to be renewed at once by this machine's clock. */
    static RenewalState renewed(Instant now) {
        return new RenewalState(now.plus(LONGEST_WAIT), 0, "");
    }

    boolean isWaiting(Instant now) {
        return notBefore.isAfter(now) && notBefore.isBefore(now.plus(BELIEVED));
    }

    /** Waits twice as long after each failure, and as long as the authority says. */
    RenewalState failed(RuntimeException failure, Instant now) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 10));
        Instant next = now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        Instant asked = failure instanceof AcmeException told ? told.retryAt().filter(at -> at.isAfter(next)).orElse(next) : next;
        Instant latest = now.plus(LONGEST_ASKED);
        return new RenewalState(asked.isBefore(latest) ? asked : latest, failures + 1, String.valueOf(failure.getMessage()).replaceAll("\\s+", " "));
    }

    String text() {
        return notBefore + " " + failures + " " + reason;
    }
}
