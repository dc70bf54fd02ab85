package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.wallwhale.access.Caller;
import org.wallwhale.database.NeedsNoRoom;
import org.wallwhale.engine.Reason;
import org.wallwhale.problem.Problem;

/** Reads the log of a download, piece by piece, and its runs. */
@ApplicationScoped
public class DownloadLogService {
    private static final int MOST_SHOWN = 100;
    private DownloadRepository downloads;
    private LogRepository log;
    private DownloadService service;

    DownloadLogService() {
    }

    @Inject
    DownloadLogService(DownloadRepository downloads, LogRepository log, DownloadService service) {
        this.downloads = downloads;
        this.log = log;
        this.service = service;
    }

    /**
     * What belongs to a run: its own entries, and for the first run after a submit or a retry also what was written when it was
     * queued. Without {@code attempt} the current run, which may not have started yet. NOT_FOUND for somebody else's download,
     * INVALID for a run that never was.
     */
    @Transactional
    public LogSpan span(UUID id, OptionalInt attempt, Caller caller) {
        Download download = downloads.getVisible(id, caller, false);
        List<Attempt> runs = log.attempts(id);
        long newest = download.logSeq();
        long queued = log.lastEnd(id, newest);
        if (attempt.isEmpty()) {
            boolean started = !runs.isEmpty() && runs.get(runs.size() - 1).firstSeq() > queued;
            return new LogSpan(started ? before(runs, runs.size() - 1) : queued, LogSpan.OPEN, newest);
        }
        int index = index(runs, attempt.getAsInt());
        long until = index + 1 < runs.size() ? before(runs, index + 1)
                : queued > runs.get(index).firstSeq() ? queued : LogSpan.OPEN;
        return new LogSpan(before(runs, index), until, newest);
    }

    /** The newest runs, the oldest of them first. NOT_FOUND for somebody else's download. */
    @NeedsNoRoom
    @Transactional
    AttemptList attempts(UUID id, Caller caller) {
        Download download = downloads.getVisible(id, caller, false);
        return new AttemptList(log.attempts(id, MOST_SHOWN).stream()
                .map(run -> run.view(advice(run.outcome(), download.attempts().error()))).toList());
    }

    /** What the download says of its newest failure, or else what is always said of such a one. */
    private static String advice(String outcome, Optional<Failure> newest) {
        return newest.filter(failure -> failure.code().equals(outcome)).map(Failure::advice).orElseGet(() ->
                Stream.of(Reason.values()).filter(reason -> reason.code().equals(outcome)).findFirst().map(Reason::advice).orElse(null));
    }

    private static int index(List<Attempt> runs, int number) {
        for (int index = 0; index < runs.size(); index++) {
            if (runs.get(index).number() == number) {
                return index;
            }
        }
        throw Problem.INVALID.because("This download has no run " + number + "; it was run " + runs.size()
                + (runs.size() == 1 ? " time." : " times."));
    }

    private long before(List<Attempt> runs, int index) {
        Attempt run = runs.get(index);
        long queued = log.lastEnd(run.downloadId(), run.firstSeq());
        return index > 0 && runs.get(index - 1).firstSeq() > queued ? run.firstSeq() - 1 : queued;
    }

    /** At most {@code limit} entries after number {@code after}; empty once the download is deleted. */
    @Transactional
    public Optional<LogPage> read(UUID id, long after, int limit) {
        return downloads.find(id).map(download -> {
            List<LogEntry> entries = limit == 0 ? List.of() : log.after(id, after, limit).stream()
                    .filter(line -> line.seq() <= download.logSeq()).map(LogEntry::of).toList();
            return new LogPage(service.view(download), download.logSeq(), entries);
        });
    }
}
