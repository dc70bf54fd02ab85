package org.wallwhale.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.download.Child;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.DownloadService;
import org.wallwhale.download.Holder;
import org.wallwhale.download.Status;
import org.wallwhale.download.SubmitDownload;
import org.wallwhale.download.SubmitService;
import org.wallwhale.engine.ChildProcess;

class RecoveryTest {
    private static final Holder DEAD = new Holder("here", "boot-1");
    private static final Holder HERE = new Holder("here", "boot-2");
    private static final Holder THERE = new Holder("there", "boot-1");
    @TempDir
    private Path folder;
    private TestDatabase database;
    private Beans beans;
    private Caller owner;
    private Process process;

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.h2();
        beans = new Beans(database, Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.sandbox.enabled", "true"));
        owner = Callers.of(beans.addUser(), "download:read", "download:write");
        process = new ProcessBuilder("sleep", "300").start();
    }

    @AfterEach
    void close() throws InterruptedException {
        beans.close();
        process.destroyForcibly().waitFor();
    }

    @Test
    void theChildOfAnEarlierLifeIsGoneBeforeItsDownloadIsQueuedAgain() throws Exception {
        Claim claim = claimed(DEAD);
        claims().childStarted(claim, new Child(process.pid(), started()));
        Recovery recovery = recovery();
        CompletableFuture<Void> recovering = database.transaction(entities -> {
            entities.createNativeQuery("select 1 from downloads where id = ?1 for update").setParameter(1, claim.downloadId())
                    .getSingleResult();
            CompletableFuture<Void> started = CompletableFuture.runAsync(() -> recovery.recover(HERE, false));
            process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
            assertThat(started).isNotDone();
            return started;
        });
        recovering.join();
        assertThat(status(claim)).isEqualTo(Status.QUEUED);
        assertThat(process.waitFor()).isEqualTo(137);
    }

    @Test
    void anotherProcessThatInheritedTheNumberIsLeftAlone() {
        Claim claim = claimed(DEAD);
        claims().childStarted(claim, new Child(process.pid(), started().minusSeconds(60)));
        recovery().recover(HERE, false);
        assertThat(status(claim)).isEqualTo(Status.QUEUED);
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void aProcessOfThisMachineThatHasTheNumberOfAnothersChildIsLeftAlone() {
        Claim claim = claimed(THERE);
        claims().childStarted(claim, new Child(process.pid(), started()));
        endLeases();
        recovery().recover(HERE, true);
        assertThat(status(claim)).isEqualTo(Status.QUEUED);
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void aRunWithoutAChildIsQueuedAgain() {
        Claim claim = claimed(DEAD);
        recovery().recover(HERE, false);
        assertThat(status(claim)).isEqualTo(Status.QUEUED);
        assertThat(claims().claim(HERE).orElseThrow().attempt()).isEqualTo(2);
    }

    @Test
    void aRunThatCannotBeTakenUpHidesNoOther() {
        Claim broken = claimed(DEAD);
        Claim next = claimed("3100000000", DEAD);
        Claim last = claimed("3200000000", DEAD);
        database.transaction(entities -> entities.createNativeQuery("delete from attempts where download_id = ?1")
                .setParameter(1, broken.downloadId()).executeUpdate());
        recovery().recover(HERE, false);
        assertThat(status(broken)).isEqualTo(Status.RUNNING);
        assertThat(status(next)).isEqualTo(Status.QUEUED);
        assertThat(status(last)).isEqualTo(Status.QUEUED);
    }

    @Test
    void whatThisLifeRunsIsLeftAlone() {
        Claim claim = claimed(HERE);
        endLeases();
        recovery().recover(HERE, true);
        assertThat(status(claim)).isEqualTo(Status.RUNNING);
    }

    @Test
    void anotherInstancesRunIsTakenUpOnlyWhenItsLeaseIsOverAndThatIsAllowed() {
        Claim claim = claimed(THERE);
        recovery().recover(HERE, true);
        assertThat(status(claim)).isEqualTo(Status.RUNNING);
        endLeases();
        recovery().recover(HERE, false);
        assertThat(status(claim)).isEqualTo(Status.RUNNING);
        recovery().recover(HERE, true);
        assertThat(status(claim)).isEqualTo(Status.QUEUED);
    }

    @Test
    void whoWantedItCanceledGetsThatInsteadOfAnotherRun() {
        Claim claim = claimed(DEAD);
        downloads().cancel(claim.downloadId(), owner);
        recovery().recover(HERE, false);
        assertThat(status(claim)).isEqualTo(Status.CANCELED);
    }

    private Claim claimed(Holder holder) {
        return claimed("3000000000", holder);
    }

    private Claim claimed(String item, Holder holder) {
        beans.get(SubmitService.class).submit(new SubmitDownload(item, "sandbox", null, null, null), owner);
        return claims().claim(holder).orElseThrow();
    }

    private void endLeases() {
        database.transaction(entities -> entities.createNativeQuery("update downloads set lease_until = ?1")
                .setParameter(1, java.sql.Timestamp.from(Instant.now().minusSeconds(1))).executeUpdate());
    }

    private Instant started() {
        return ChildProcess.of(process.pid()).orElseThrow().startedAt();
    }

    private Recovery recovery() {
        return beans.get(Recovery.class);
    }

    private Status status(Claim claim) {
        return downloads().get(claim.downloadId(), owner).status();
    }

    private ClaimService claims() {
        return beans.get(ClaimService.class);
    }

    private DownloadService downloads() {
        return beans.get(DownloadService.class);
    }
}
