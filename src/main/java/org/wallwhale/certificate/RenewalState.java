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

    /** Waits twice as long after each failure, and as long as the authority says. */
    RenewalState failed(AcmeException failure, Instant now) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 10));
        Instant next = now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        return new RenewalState(failure.retryAt().filter(at -> at.isAfter(next)).orElse(next), failures + 1,
                failure.getMessage().replaceAll("\\s+", " "));
    }

    String text() {
        return notBefore + " " + failures + " " + reason;
    }
}
