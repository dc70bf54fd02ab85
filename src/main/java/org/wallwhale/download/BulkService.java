package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.wallwhale.access.Caller;
import org.wallwhale.access.CallerService;
import org.wallwhale.audit.Refusals;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/** Does the same with many downloads, each in a transaction of its own: one that is refused hinders no other. */
@ApplicationScoped
class BulkService {
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** After so many it is asked whether the caller may still come in. */
    private static final int LOOK_AGAIN = 10;
    private static final Set<Problem> ON_RECORD = Set.of(Problem.FORBIDDEN, Problem.TOO_MANY_REQUESTS);
    private static final Logger LOG = System.getLogger(BulkService.class.getName());
    private DownloadService downloads;
    private CallerService callers;
    private Refusals refusals;
    private LongSupplier nanoTime;

    BulkService() {
    }

    @Inject
    BulkService(DownloadService downloads, CallerService callers, Refusals refusals) {
        this(downloads, callers, refusals, System::nanoTime);
    }

    BulkService(DownloadService downloads, CallerService callers, Refusals refusals, LongSupplier nanoTime) {
        this.downloads = downloads;
        this.callers = callers;
        this.refusals = refusals;
        this.nanoTime = nanoTime;
    }

    /**
     * In the order of the ids. What the database fails on is refused, and so is all that is left after 20 seconds, or once the caller may
     * not come in any longer: what was done by then stays.
     */
    ChangedDownloads change(ChangeDownloads wish, Caller caller) {
        long begun = nanoTime.getAsLong();
        boolean isValid = true;
        List<ChangedDownloads.Line> lines = new ArrayList<>();
        for (UUID id : wish.ids().stream().distinct().toList()) {
            isValid = isValid && (lines.isEmpty() || lines.size() % LOOK_AGAIN > 0 || isStillValid(caller));
            lines.add(!isValid ? refused(id, Problem.UNAUTHENTICATED, "Your credentials ended meanwhile.")
                    : nanoTime.getAsLong() - begun > MOST_NANOS ? notDone(id) : line(id, wish.action(), caller));
        }
        return new ChangedDownloads(lines);
    }

    /** While the database cannot tell, the lines cannot be done either, and each says so. */
    private boolean isStillValid(Caller caller) {
        try {
            return callers.isStillValid(caller);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "It cannot be told whether a caller may still come in: " + e);
            return true;
        }
    }

    private ChangedDownloads.Line line(UUID id, ChangeDownloads.Action action, Caller caller) {
        try {
            return new ChangedDownloads.Line(id, ChangedDownloads.Result.DONE, null, null, change(id, action, caller));
        } catch (ProblemException e) {
            if (ON_RECORD.contains(e.problem())) {
                refusals.add(caller.actor(), action.method(), action.path(id), e.getMessage(), e.problem().status());
            }
            return e.problem() == Problem.UNAVAILABLE ? notDone(id) : refused(id, e.problem(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A download could not be changed with others, request " + caller.actor().requestId(), e);
            return notDone(id);
        }
    }

    private static ChangedDownloads.Line notDone(UUID id) {
        return refused(id, Problem.UNAVAILABLE, "It was not done; send it again.");
    }

    private static ChangedDownloads.Line refused(UUID id, Problem problem, String why) {
        return new ChangedDownloads.Line(id, problem == Problem.NOT_FOUND ? ChangedDownloads.Result.MISSING : ChangedDownloads.Result.REFUSED,
                problem.name().toLowerCase(Locale.ROOT), why, null);
    }

    private DownloadView change(UUID id, ChangeDownloads.Action action, Caller caller) {
        return switch (action) {
            case CANCEL -> downloads.cancel(id, caller);
            case RETRY -> downloads.retry(id, caller);
            case DELETE -> {
                downloads.delete(id, caller);
                yield null;
            }
        };
    }
}
