package org.wallwhale.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.PersistenceException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.database.Outage;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.DownloadLogService;
import org.wallwhale.download.DownloadService;
import org.wallwhale.download.Failure;
import org.wallwhale.download.Holder;
import org.wallwhale.download.LogEntry;
import org.wallwhale.download.Phase;
import org.wallwhale.download.ProgressBoard;
import org.wallwhale.download.Status;
import org.wallwhale.download.SubmitDownload;
import org.wallwhale.download.SubmitService;
import org.wallwhale.engine.ChildProcess;
import org.wallwhale.engine.FetchPhase;
import org.wallwhale.engine.Progress;
import org.wallwhale.engine.Stop;

/** What becomes of a run's writes while the database is away. */
class RunWritesTest {
    @TempDir
    private Path folder;
    private final Outage outage = new Outage();
    private final RunControl control = new RunControl();
    private final AtomicInteger tries = new AtomicInteger();
    private Beans beans;
    private Caller owner;
    private Claim claim;
    private RunWrites writes;

    @BeforeEach
    void open() {
        beans = new Beans(outage.database(), Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.sandbox.enabled", "true"));
        owner = Callers.of(beans.addUser(), "download:read", "download:write");
        beans.get(SubmitService.class).submit(new SubmitDownload("3000000000", "sandbox", null, null, null), owner);
        claim = claims().claim(new Holder("here", "boot")).orElseThrow();
        writes = new RunWrites(claim, claims(), control);
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void theOneEndOfARunIsWrittenOnceTheDatabaseIsBack() {
        outage.begin();
        writes.untilDone(() -> {
            if (tries.incrementAndGet() == 5) {
                outage.end();
            }
            return claims().fail(claim, new Failure("wrong_password", "Steam refused the password.", "Correct it."), Optional.empty(), 1);
        });
        assertThat(status()).isEqualTo(Status.FAILED);
        assertThat(tries).hasValue(5);
    }

    /** SQL state 25006, of one that can only be read; it answers all questions. */
    @Test
    void aDatabaseThatTakesNoWritesIsWaitedFor() {
        writes.untilDone(() -> {
            if (tries.incrementAndGet() < 5) {
                throw new PersistenceException(new SQLException("cannot execute UPDATE in a read-only transaction", "25006"));
            }
            return true;
        });
        assertThat(tries).hasValue(5);
    }

    @Test
    void whatTheDatabaseRefusesForGoodIsPassedOn() {
        assertThatThrownBy(() -> writes.untilDone(() -> {
            tries.incrementAndGet();
            throw new IllegalArgumentException("too long");
        })).isInstanceOf(IllegalArgumentException.class);
        assertThat(tries).hasValue(3);
    }

    @Test
    void anOvertakenRunDoesNotTryAgain() {
        claims().giveBack(claim);
        assertThatThrownBy(() -> writes.untilDone(() -> {
            tries.incrementAndGet();
            throw new IllegalStateException("the answer to the commit was lost");
        })).isInstanceOf(OvertakenException.class);
        assertThatThrownBy(() -> writes.untilDone(() -> claims().giveBack(claim))).isInstanceOf(OvertakenException.class);
        assertThat(tries).hasValue(1);
    }

    @Test
    void aStoppingServerTriesOnceWhateverTheRunEndsBy() {
        control.end(Stop.CANCELED);
        control.end(Stop.SHUTDOWN);
        outage.begin();
        assertThatThrownBy(() -> writes.untilDone(() -> {
            tries.incrementAndGet();
            return claims().giveBack(claim);
        })).isInstanceOf(ServerStopsException.class);
        assertThat(tries).hasValue(1);
        outage.end();
    }

    @Test
    void theListenersNewsAreWrittenOnceTheDatabaseIsBack() {
        RunListener listener = new RunListener(claim, claims(), beans.get(ProgressBoard.class), control, () -> Long.MAX_VALUE);
        outage.begin();
        listener.line("a line");
        listener.phase(FetchPhase.DOWNLOADING);
        assertThat(listener.stop()).isEmpty();
        outage.end();
        listener.finish();
        assertThat(beans.get(DownloadService.class).get(claim.downloadId(), owner).phase()).isEqualTo(Phase.DOWNLOADING);
        assertThat(control.stop()).isEmpty();
    }

    @Test
    void aDatabaseThatIsAwayIsAskedEverLessOften() {
        long[] seconds = {0};
        RunListener listener = new RunListener(claim, claims(), beans.get(ProgressBoard.class), control, () -> Long.MAX_VALUE,
                () -> seconds[0] * 1_000_000_000L);
        outage.begin();
        listener.line("a line");
        listener.stop();
        int ofOneTry = outage.refused();
        for (seconds[0] = 0; seconds[0] < 60; seconds[0]++) {
            listener.stop();
            listener.stop();
        }
        assertThat(outage.refused()).as("after 0, 1, 3, 7, 15 and 31 seconds").isEqualTo(6 * ofOneTry).isPositive();
        outage.end();
    }

    @Test
    void linesThatWereTooManyAreCounted() {
        RunListener listener = new RunListener(claim, claims(), beans.get(ProgressBoard.class), control, () -> Long.MAX_VALUE);
        for (int line = 1; line <= 2003; line++) {
            listener.line("line " + line);
        }
        listener.finish();
        assertThat(beans.get(DownloadLogService.class).read(claim.downloadId(), 0, 5000).orElseThrow().entries()).extracting(LogEntry::text)
                .endsWith("line 2000", "… 3 lines left out, because the database was away");
    }

    @Test
    void aRunWhoseContentIsLargerThanItMayBeIsStopped() {
        AtomicLong room = new AtomicLong(100);
        RunListener listener = new RunListener(claim, claims(), beans.get(ProgressBoard.class), control, room::get);
        listener.progress(new Progress(50, 100, 0, -1, 50));
        assertThat(listener.stop()).as("to the last byte").isEmpty();
        listener.progress(new Progress(4096, -1, 0, -1, 0));
        assertThat(listener.stop()).as("blocks on the disk, the size is unknown").isEmpty();
        room.set(200);
        listener.progress(new Progress(50, 200, 0, -1, 25));
        assertThat(listener.stop()).as("more room than before").isEmpty();
        listener.progress(new Progress(50, 201, 0, -1, 25));
        assertThat(listener.stop()).contains(Stop.TOO_LARGE);
    }

    @Test
    void aRunOfUnknownSizeIsStoppedOnceTheDiskHoldsFarMore() {
        RunListener listener = new RunListener(claim, claims(), beans.get(ProgressBoard.class), control, () -> 100);
        listener.progress(new Progress((64 << 20) + 100, -1, 0, -1, 0));
        assertThat(listener.stop()).isEmpty();
        listener.progress(new Progress((64 << 20) + 101, -1, 0, -1, 0));
        assertThat(listener.stop()).contains(Stop.TOO_LARGE);
    }

    @Test
    void aRunGoesOnWhileNobodyKnowsHowMuchRoomThereIs() {
        AtomicBoolean away = new AtomicBoolean(true);
        RunListener listener = new RunListener(claim, claims(), beans.get(ProgressBoard.class), control, () -> {
            if (away.get()) {
                throw new IllegalStateException("no database");
            }
            return 1;
        });
        listener.progress(new Progress(50, 100, 0, -1, 50));
        assertThat(listener.stop()).isEmpty();
        away.set(false);
        listener.finish();
        assertThat(control.stop()).contains(Stop.TOO_LARGE);
    }

    @Test
    void aChildWaitsForTheDatabaseBeforeItStarts() {
        RunListener listener = new RunListener(claim, claims(), beans.get(ProgressBoard.class), control, () -> Long.MAX_VALUE);
        outage.begin();
        Thread back = new Thread(() -> {
            while (outage.refused() < 3) {
                Thread.onSpinWait();
            }
            outage.end();
        });
        back.start();
        listener.started(new ChildProcess(1, Instant.EPOCH));
        assertThat(claims().orphans(new Holder("here", "later"), false)).singleElement()
                .satisfies(orphan -> assertThat(orphan.child()).isPresent());
    }

    private Status status() {
        return beans.get(DownloadService.class).get(claim.downloadId(), owner).status();
    }

    private ClaimService claims() {
        return beans.get(ClaimService.class);
    }
}
