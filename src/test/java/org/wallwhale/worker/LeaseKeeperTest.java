package org.wallwhale.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.DownloadConfig;
import org.wallwhale.download.DownloadService;
import org.wallwhale.download.Holder;
import org.wallwhale.download.Status;
import org.wallwhale.download.SubmitDownload;
import org.wallwhale.engine.Stop;

class LeaseKeeperTest {
    private static final Holder HERE = new Holder("here", "boot-1");
    private static final Duration LEASE = Duration.ofSeconds(15);
    @TempDir
    private Path folder;
    private TestDatabase database;
    private Beans beans;
    private Caller owner;
    private LeaseKeeper leases;
    private long nanoTime = -7;
    private long nextItem = 3_000_000_000L;

    @BeforeEach
    void open() {
        database = TestDatabase.h2();
        beans = new Beans(database, Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.sandbox.enabled", "true",
                "wallwhale.download.lease-seconds", String.valueOf(LEASE.toSeconds())));
        owner = new Caller(beans.addUser(), Set.of("download:read", "download:write"), Optional.empty(), false);
        leases = new LeaseKeeper(claims(), beans.get(Recovery.class), beans.get(DownloadConfig.class), () -> nanoTime);
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void aRunThatTheTableShowsAsOursGoesOn() {
        Running run = running();
        leases.renew(HERE, List.of(run));
        leases.renew(HERE, List.of(run));
        assertThat(run.control().stop()).isEmpty();
        assertThat(status(run.claim())).isEqualTo(Status.RUNNING);
        assertThat(claims().orphans(new Holder("there", "boot"), true)).isEmpty();
    }

    @Test
    void anOvertakenRunIsTold() {
        Running old = running();
        claims().giveBack(old.claim());
        Running now = new Running(claims().claim(HERE).orElseThrow(), 1, new RunControl());
        assertThat(now.claim().downloadId()).isEqualTo(old.claim().downloadId());
        leases.renew(HERE, List.of(old, now));
        assertThat(old.control().stop()).contains(Stop.OVERTAKEN);
        assertThat(now.control().stop()).isEmpty();
    }

    @Test
    void aRunThatAnotherInstanceHoldsIsOvertaken() {
        Running run = running();
        claims().giveBack(run.claim());
        claims().claim(new Holder("there", "boot")).orElseThrow();
        leases.renew(HERE, List.of(run));
        assertThat(run.control().stop()).contains(Stop.OVERTAKEN);
    }

    @Test
    void aWishToCancelReachesTheRunAndNoOther() {
        Running run = running();
        Running other = running();
        downloads().cancel(run.claim().downloadId(), owner);
        leases.renew(HERE, List.of(run, other));
        assertThat(run.control().stop()).contains(Stop.CANCELED);
        assertThat(other.control().stop()).isEmpty();
    }

    @Test
    void aClaimThatNobodyRunsIsTakenUpTheSecondTime() {
        Claim stray = running().claim();
        Running run = running();
        leases.renew(HERE, List.of(run));
        leases.takeUpAbandoned();
        assertThat(status(stray)).isEqualTo(Status.RUNNING);
        leases.renew(HERE, List.of(run));
        assertThat(status(stray)).as("not by who renews").isEqualTo(Status.RUNNING);
        leases.takeUpAbandoned();
        leases.takeUpAbandoned();
        assertThat(status(stray)).isEqualTo(Status.QUEUED);
        assertThat(status(run.claim())).isEqualTo(Status.RUNNING);
    }

    @Test
    void aClaimThatWasOnlyLateToItsSlotIsNot() {
        Running late = running();
        leases.renew(HERE, List.of());
        leases.renew(HERE, List.of(late));
        leases.renew(HERE, List.of());
        leases.takeUpAbandoned();
        assertThat(status(late.claim())).isEqualTo(Status.RUNNING);
        assertThat(late.control().stop()).isEmpty();
    }

    @Test
    void anotherInstanceMayBeTakenFromAfterOneLeaseOfContact() {
        assertThat(leases.mayTakeFromOthers()).isFalse();
        renewEveryThirdOfALease(3);
        assertThat(leases.mayTakeFromOthers()).isFalse();
        renewEveryThirdOfALease(1);
        assertThat(leases.mayTakeFromOthers()).isTrue();
    }

    @Test
    void aFailedRenewStartsTheWaitAnew() {
        renewEveryThirdOfALease(4);
        database.close();
        assertThatThrownBy(() -> leases.renew(HERE, List.of())).isInstanceOf(RuntimeException.class);
        assertThat(leases.mayTakeFromOthers()).isFalse();
    }

    @Test
    void aRenewThatCameLateStartsTheWaitAnew() {
        renewEveryThirdOfALease(4);
        nanoTime += LEASE.toNanos() + 1;
        assertThat(leases.mayTakeFromOthers()).isFalse();
        leases.renew(HERE, List.of());
        assertThat(leases.mayTakeFromOthers()).isFalse();
        renewEveryThirdOfALease(3);
        assertThat(leases.mayTakeFromOthers()).isFalse();
        renewEveryThirdOfALease(1);
        assertThat(leases.mayTakeFromOthers()).isTrue();
    }

    private void renewEveryThirdOfALease(int times) {
        for (int time = 0; time < times; time++) {
            nanoTime += LEASE.dividedBy(3).toNanos();
            leases.renew(HERE, List.of());
        }
    }

    private Running running() {
        downloads().submit(new SubmitDownload(String.valueOf(nextItem++), "sandbox", null, null, null), owner);
        return new Running(claims().claim(HERE).orElseThrow(), 0, new RunControl());
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
