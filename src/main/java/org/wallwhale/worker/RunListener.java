package org.wallwhale.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.wallwhale.download.Child;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.Phase;
import org.wallwhale.download.ProgressBoard;
import org.wallwhale.engine.ChildProcess;
import org.wallwhale.engine.FetchListener;
import org.wallwhale.engine.FetchPhase;
import org.wallwhale.engine.Progress;
import org.wallwhale.engine.Prompt;
import org.wallwhale.engine.Stop;

/**
 * Carries a run's news into the download's log and row. The engine asks {@link #stop} at least every 200 ms, and that is when
 * collected lines are written: one transaction for many lines.
 */
final class RunListener implements FetchListener {
    private static final Logger LOG = System.getLogger(RunListener.class.getName());
    private static final int MOST_UNWRITTEN = 2000;
    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_DOUBLINGS = 5;
    /** What folders, the tool's notes and the ends of small files may take on the disk, while the content's own size is not known. */
    private static final long OVERHEAD_BYTES = 64 << 20;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int MOST_WAITING = 50;
    private final Claim claim;
    private final ClaimService claims;
    private final ProgressBoard board;
    private final RunControl control;
    private final LongSupplier roomNow;
    private final GuardDialog guard;
    private final RunWrites writes;
    private final List<String> unwritten = new ArrayList<>();
    private final LongSupplier nanoTime;
    private Phase entered;
    private long dropped;
    private int failures;
    private long nextTry;
    private List<Claim> waiting;
    private long lookedAt;
    private long size;
    private long room;

    /** {@code roomNow} is how large the content may become; it is asked when it is larger than at the last time. */
    RunListener(Claim claim, ClaimService claims, ProgressBoard board, RunControl control, LongSupplier roomNow,
            GuardDialog guard) {
        this(claim, claims, board, control, roomNow, guard, System::nanoTime);
    }

    RunListener(Claim claim, ClaimService claims, ProgressBoard board, RunControl control, LongSupplier roomNow, GuardDialog guard,
            LongSupplier nanoTime) {
        this.claim = claim;
        this.claims = claims;
        this.board = board;
        this.control = control;
        this.roomNow = roomNow;
        this.guard = guard;
        this.nanoTime = nanoTime;
        this.writes = new RunWrites(claim, claims, control);
    }

    @Override
    public Optional<Stop> stop() {
        flush();
        return control.stop();
    }

    @Override
    public void started(ChildProcess child) {
        writes.untilDone(() -> claims.childStarted(claim, new Child(child.pid(), child.startedAt())));
    }

    @Override
    public void line(String line) {
        if (unwritten.size() < MOST_UNWRITTEN) {
            unwritten.add(line);
        } else {
            dropped++;
        }
    }

    @Override
    public void phase(FetchPhase phase) {
        entered = Phase.valueOf(phase.name());
        guard.phase(phase);
        flush();
    }

    @Override
    public void progress(Progress progress) {
        size = progress.bytesTotal() < 0 ? progress.bytesDone() - OVERHEAD_BYTES : progress.bytesTotal();
        org.wallwhale.download.Progress shown = new org.wallwhale.download.Progress(claim.downloadId(), claim.userId(), claim.fence(),
                progress.percent(), progress.bytesDone(), progress.bytesTotal() < 0 ? null : progress.bytesTotal(),
                progress.bytesPerSecond(), progress.etaSeconds() < 0 ? null : progress.etaSeconds());
        board.put(shown);
        Objects.requireNonNullElse(waiting, List.<Claim>of()).forEach(other -> board.put(shown.seenBy(other.downloadId(), other.userId())));
    }

    @Override
    public Optional<String> answer(Prompt prompt) {
        return guard.answer(prompt);
    }

    /**
     * Writes what was collected. While the database is away it stays, the lines up to a bound, and the run goes on; this is asked
     * far more often than a try makes sense then.
     */
    private void flush() {
        if (failures > 0 && nanoTime.getAsLong() - nextTry < 0) {
            return;
        }
        try {
            if (!write()) {
                control.end(Stop.OVERTAKEN);
            }
            failures = 0;
        } catch (RuntimeException e) {
            nextTry = nanoTime.getAsLong() + (FIRST_PAUSE << Math.min(failures, MOST_DOUBLINGS));
            if (failures++ == 0) {
                LOG.log(Level.WARNING, "The log of download " + claim.downloadId() + " could not be written; it is tried again.", e);
            }
        }
    }

    /** Writes what is left, however long the database is away: what ends the run comes after its log. */
    void finish() {
        try {
            writes.untilDone(this::write);
        } catch (OvertakenException | ServerStopsException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The last lines of download " + claim.downloadId() + " could not be written.", e);
        }
    }

    /** False for a run that was overtaken. */
    private boolean write() {
        List<String> lines = new ArrayList<>(unwritten);
        if (dropped > 0) {
            lines.add("… " + dropped + " lines left out, because the database was away");
        }
        boolean held = lines.isEmpty() || claims.append(claim, lines);
        unwritten.clear();
        dropped = 0;
        if (held && entered != null) {
            held = claims.enter(claim, entered);
            entered = null;
        }
        stopIfTooLarge();
        lookWhoWaits();
        return held;
    }

    private void lookWhoWaits() {
        long now = nanoTime.getAsLong();
        if (waiting == null || now - lookedAt > LOOK_NANOS) {
            waiting = claims.waitingFor(claim, MOST_WAITING);
            lookedAt = now;
        }
    }

    private void stopIfTooLarge() {
        if (size > room) {
            room = roomNow.getAsLong();
        }
        if (size > room) {
            control.end(Stop.TOO_LARGE);
        }
    }
}
