package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.UUID;
import org.wallwhale.access.Caller;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/** Does the same with many downloads, each in a transaction of its own: one that is refused hinders no other. */
@ApplicationScoped
class BulkService {
    private DownloadService downloads;

    BulkService() {
    }

    @Inject
    BulkService(DownloadService downloads) {
        this.downloads = downloads;
    }

    /** In the order of the ids. UNAVAILABLE when the database goes away meanwhile: what was done by then stays. */
    ChangedDownloads change(ChangeDownloads wish, Caller caller) {
        return new ChangedDownloads(wish.ids().stream().distinct().map(id -> line(id, wish.action(), caller)).toList());
    }

    private ChangedDownloads.Line line(UUID id, ChangeDownloads.Action action, Caller caller) {
        try {
            return new ChangedDownloads.Line(id, ChangedDownloads.Result.DONE, null, null, change(id, action, caller));
        } catch (ProblemException e) {
            if (e.problem() == Problem.UNAVAILABLE) {
                throw e;
            }
            return new ChangedDownloads.Line(id, e.problem() == Problem.NOT_FOUND ? ChangedDownloads.Result.MISSING : ChangedDownloads.Result.REFUSED,
                    e.problem().name().toLowerCase(Locale.ROOT), e.getMessage(), null);
        }
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
