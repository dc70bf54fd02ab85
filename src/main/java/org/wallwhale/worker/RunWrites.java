package org.wallwhale.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;

/**
 * The writes that a run must not lose. While the database is away they are tried again, and the run keeps its slot meanwhile, so
 * that its lease is renewed. All of them are fenced: an end that was
 * committed without an answer is not told twice. Lines of the log may be.
 */
final class RunWrites {
    private static final Logger LOG = System.getLogger(RunWrites.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int MOST_REFUSALS = 3;
    private final Claim claim;
    private final ClaimService claims;
    private final RunControl control;

    RunWrites(Claim claim, ClaimService claims, RunControl control) {
        this.claim = claim;
        this.claims = claims;
        this.control = control;
    }

    /**
     * Returns when {@code write} said true; false is an {@link OvertakenException}. Passes on what a database that is there
     * refuses for good. {@link ServerStopsException} when the server does not wait any longer.
     */
    void untilDone(BooleanSupplier write) {
        untilAnswered(() -> write.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** As {@link #untilDone}, for a write that says more; an empty answer is an {@link OvertakenException}. */
    <T> T untilAnswered(Supplier<Optional<T>> write) {
        boolean told = false;
        for (int refusals = 0;; pause()) {
            try {
                return write.get().orElseThrow(OvertakenException::new);
            } catch (OvertakenException e) {
                throw e;
            } catch (RuntimeException e) {
                if (!isOfDatabase(e) && databaseAnswers() && ++refusals == MOST_REFUSALS) {
                    throw e;
                }
                if (!told) {
                    LOG.log(Level.WARNING, "Download " + claim.downloadId() + " could not be written; it is tried again.", e);
                    told = true;
                }
            }
        }
    }

    /** It is not well, such as one that can only be read, or whose disk is full: that passes. SQL state classes 22, 23 and 42 do not. */
    private static boolean isOfDatabase(RuntimeException e) {
        return Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause).anyMatch(cause -> cause instanceof SQLException sql
                && sql.getSQLState() != null && !sql.getSQLState().matches("(22|23|42).*"));
    }

    private boolean databaseAnswers() {
        try {
            OvertakenException.unless(claims.isHeld(claim));
            return true;
        } catch (OvertakenException e) {
            throw e;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void pause() {
        if (control.isServerStopping()) {
            throw new ServerStopsException(null);
        }
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            // not set again: the download is given back by this thread, and H2 closes its file under an interrupted one
            throw new ServerStopsException(e);
        }
    }
}
