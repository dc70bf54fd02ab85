package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/** What storage quotas promise on every database. The server's default is 100 bytes. */
abstract class StorageContract {
    private static final Holder HERE = new Holder("here", "boot-1");
    private static final Failure FAILURE = new Failure("stalled", "Nothing arrived.", "Wait.");
    private Beans beans;
    private StorageService storage;
    private ClaimService claims;
    private Caller owner;
    @TempDir
    private Path data;

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        beans = new Beans(open(), Map.of("wallwhale.data-dir", data.toString(), "wallwhale.sandbox.enabled", "true",
                "wallwhale.quota.storage-bytes", "100"));
        storage = beans.get(StorageService.class);
        claims = beans.get(ClaimService.class);
        owner = Callers.of(beans.addUser(), "download:read", "download:write");
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void eachContentCountsOnceAsLongAsAFinishedDownloadKeepsIt() throws Exception {
        assertThat(standing()).isEqualTo(new Storage(0, 100L));
        UUID first = kept(claimed("1", owner), "v1", 30);
        UUID again = kept(claimed("1", owner), "v1", 30);
        UUID newer = kept(claimed("1", owner), "v2", 20);
        kept(claimed("1", Callers.of(beans.addUser(), "download:read")), "v1", 30);
        claims.fail(claimed("2", owner), FAILURE, Optional.empty(), 1);
        submit("3");
        assertThat(standing()).isEqualTo(new Storage(50, 100L));
        downloads().delete(first, owner);
        assertThat(standing().used()).as("another download keeps it").isEqualTo(50);
        downloads().delete(again, owner);
        assertThat(standing().used()).isEqualTo(20);
        UUID content = downloads().contentOf(newer, owner);
        beans.transaction(() -> {
            downloads().forgetContent(content);
            return null;
        });
        assertThat(standing().used()).as("cleaned away").isZero();
    }

    @Test
    void aUsersOwnQuotaComesBeforeTheDefault() throws Exception {
        quota(7L);
        assertThat(standing()).isEqualTo(new Storage(0, 7L));
        try (Beans unlimited = new Beans(open(), Map.of("wallwhale.data-dir", data.toString()))) {
            assertThat(unlimited.get(StorageService.class).of(unlimited.addUser())).isEqualTo(new Storage(0, null));
        }
    }

    @Test
    void whoHasNothingLeftIsToldSoAtSubmitAndAtRetry() throws Exception {
        UUID failed = submit("9");
        claims.fail(claims.claim(HERE).orElseThrow(), FAILURE, Optional.empty(), 1);
        kept(claimed("1", owner), "v1", 99);
        UUID last = kept(claimed("2", owner), "v1", 1);
        quota(101L);
        UUID waiting = submit("3");
        quota(null);
        assertThatFull(() -> submit("4"));
        assertThatFull(() -> downloads().retry(failed, owner));
        assertThat(downloads().get(failed, owner).status()).isEqualTo(Status.FAILED);
        assertThat(submit("3")).as("a live one, sent again").isEqualTo(waiting);
        downloads().delete(last, owner);
        assertThat(submit("4")).isNotNull();
        assertThat(downloads().retry(failed, owner).status()).isEqualTo(Status.QUEUED);
    }

    @Test
    void aRunThatFitsToTheLastByteIsGivenRoomAndOneByteMoreIsNot() throws Exception {
        kept(claimed("1", owner), "v1", 60);
        Claim run = claimed("2", owner);
        assertThat(storage.reserve(run, "v1", 41)).contains(false);
        assertThat(storage.reserve(run, "v1", 40)).contains(true);
        assertThat(storage.reserve(run, "v1", 40)).as("its answer was lost").contains(true);
        assertThat(storage.failure(run).code()).isEqualTo("storage_quota");
        assertThat(storage.failure(run).message()).contains("60 of 100 bytes");
    }

    @Test
    void contentThatTheUserHasCostsNothingAgainButItsNextVersionDoes() throws Exception {
        kept(claimed("1", owner), "v1", 60);
        Claim run = claimed("1", owner);
        quota(10L);
        assertThat(storage.roomFor(run)).isEqualTo(60);
        assertThat(storage.reserve(run, "v1", 60)).contains(true);
        assertThat(storage.reserve(run, "v2", 1)).contains(false);
        quota(70L);
        assertThat(storage.roomFor(run)).isEqualTo(70);
        assertThat(storage.reserve(run, "v2", 10)).contains(true);
        assertThat(storage.reserve(run, "v2", 11)).contains(false);
    }

    @Test
    void ofTwoRunsThatEndTogetherOnlyAsManyAreGivenRoomAsFit() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 20; round++) {
                Caller user = Callers.of(beans.addUser(), "download:read", "download:write");
                List<Claim> runs = List.of(claimed("1", user), claimed("2", user), claimed("3", user), claimed("4", user));
                CyclicBarrier together = new CyclicBarrier(4);
                List<Callable<Boolean>> ends = runs.stream().<Callable<Boolean>>map(run -> () -> {
                    together.await();
                    return storage.reserve(run, "v1", 33).orElseThrow();
                }).toList();
                List<Boolean> given = new ArrayList<>();
                for (Future<Boolean> end : threads.invokeAll(ends)) {
                    given.add(end.get());
                }
                assertThat(given).filteredOn(Boolean::booleanValue).hasSize(3);
                for (Claim run : runs) {
                    claims.fail(run, FAILURE, Optional.empty(), 1);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatIsSetAsideIsFreeAgainWhenTheRunEndsWithoutContent() throws Exception {
        Claim first = claimed("1", owner);
        Claim second = claimed("2", owner);
        assertThat(storage.reserve(first, "v1", 80)).contains(true);
        assertThat(standing().used()).as("it is not kept yet").isZero();
        assertThat(storage.roomFor(second)).isEqualTo(20);
        assertThat(storage.reserve(second, "v1", 80)).contains(false);
        claims.giveBack(first);
        assertThat(storage.reserve(second, "v1", 80)).contains(true);
        claims.fail(second, FAILURE, Optional.empty(), 1);
        Claim later = claims.claim(HERE).orElseThrow();
        assertThat(later.downloadId()).isEqualTo(first.downloadId());
        assertThat(storage.roomFor(claimed("3", owner))).as("a new run has set nothing aside").isEqualTo(100);
        assertThat(storage.reserve(first, "v1", 1)).as("overtaken").isEmpty();
    }

    @Test
    void aRunThatCostsNothingStillCountsWhenItsContentIsDeletedMeanwhile() throws Exception {
        UUID old = kept(claimed("1", owner), "v1", 80);
        Claim again = claimed("1", owner);
        Claim other = claimed("2", owner);
        assertThat(storage.reserve(again, "v1", 80)).contains(true);
        downloads().delete(old, owner);
        assertThat(storage.reserve(other, "v1", 80)).contains(false);
    }

    private void assertThatFull(ThrowingCallable deed) {
        assertThatThrownBy(deed).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem()).isEqualTo(Problem.STORAGE_QUOTA);
            assertThat(refused).hasMessageContaining("100 of 100 bytes").hasMessageContaining("Delete downloads");
        });
    }

    private Storage standing() {
        return storage.of(owner.userId());
    }

    private UUID submit(String item) {
        return submit(item, owner);
    }

    private UUID submit(String item, Caller user) {
        return beans.get(SubmitService.class).submit(new SubmitDownload("300000000" + item, "sandbox", null, null, null), user).id();
    }

    private Claim claimed(String item, Caller user) throws Exception {
        UUID id = submit(item, user);
        Claim claim = claims.claim(HERE).orElseThrow();
        assertThat(claim.downloadId()).isEqualTo(id);
        return claim;
    }

    /** Ends a run as the worker does. */
    private UUID kept(Claim claim, String version, long sizeBytes) throws Exception {
        assertThat(storage.reserve(claim, version, sizeBytes)).contains(true);
        UUID content = UUID.nameUUIDFromBytes((claim.pubfileId() + version).getBytes());
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery("""
                insert into contents (id, source, app_id, pubfile_id, version, folder, size_bytes, file_count, created_at)
                select ?1, 'sandbox', 1, ?2, ?3, 'x', 1, 1, current_timestamp where not exists (select 1 from contents where id = ?1)""")
                .setParameter(1, content).setParameter(2, claim.pubfileId()).setParameter(3, version).executeUpdate());
        assertThat(claims.succeed(claim, new Delivery(content, version, sizeBytes, Optional.empty()), List.of(), 0)).isTrue();
        return claim.downloadId();
    }

    private void quota(Long bytes) throws Exception {
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(
                "update users set storage_quota_bytes = " + bytes + " where id = '" + owner.userId() + "'").executeUpdate());
    }

    private DownloadService downloads() {
        return beans.get(DownloadService.class);
    }
}
