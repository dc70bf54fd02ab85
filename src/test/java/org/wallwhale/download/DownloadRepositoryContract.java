package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.access.Caller;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.TestDatabase;

/** What the queue promises on every database. */
abstract class DownloadRepositoryContract {
    private static final Holder HERE = new Holder("here", "boot-1");
    private static final Duration LEASE = Duration.ofSeconds(15);
    private final UUID user = UUID.randomUUID();
    private final AtomicInteger submitted = new AtomicInteger();
    private TestDatabase database;

    abstract TestDatabase open();

    @BeforeEach
    void openWithOneUser() {
        database = open();
        database.transaction(entities -> entities.createNativeQuery("""
                insert into users (id, email, password_hash, role, active, created_at)
                values (cast(?1 as uuid), 'a@b', 'x', 'USER', true, current_timestamp)""").setParameter(1, user.toString()).executeUpdate());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsSubmittedIsReadBackWithAllItsMembers() {
        Instant later = Instant.parse("2030-01-02T03:04:05.678Z");
        UUID id = submit("11", 7, later);
        Download read = database.transaction(entities -> repository(entities).find(id).orElseThrow());
        assertThat(read.userId()).isEqualTo(user);
        assertThat(read.pubfileId()).isEqualTo("11");
        assertThat(read.status()).isEqualTo(Status.QUEUED);
        assertThat(read.priority()).isEqualTo(7);
        assertThat(read.startAt()).isEqualTo(later);
        assertThat(read.contentId()).isNull();
        assertThat(read.lease().child()).isEmpty();
    }

    @Test
    void theHighestPriorityIsClaimedFirstAndThenTheOldest() {
        UUID old = submit("1", 0, null);
        UUID young = submit("2", 0, null);
        UUID urgent = submit("3", 5, null);
        assertThat(List.of(claim().orElseThrow(), claim().orElseThrow(), claim().orElseThrow())).containsExactly(urgent, old, young);
        assertThat(claim()).isEmpty();
    }

    @Test
    void aDownloadThatStartsLaterIsNotClaimedBefore() {
        submit("1", 0, Instant.parse("2099-01-01T00:00:00Z"));
        assertThat(claim()).isEmpty();
    }

    @Test
    void anItemThatIsBeingFetchedIsNotClaimedTwice() {
        submit("1", 0, null);
        UUID second = submit("1", 0, null);
        claim().orElseThrow();
        assertThat(claim()).isEmpty();
        UUID other = submit("2", 0, Instant.parse("2099-01-01T00:00:00Z"));
        assertThat(database.<Boolean>transaction(entities -> repository(entities).isSameItemRunning(second))).isTrue();
        assertThat(database.<Set<UUID>>transaction(entities -> repository(entities).withItemRunning(List.of(second, other))))
                .containsExactly(second);
        assertThat(database.<Set<UUID>>transaction(entities -> repository(entities).withItemRunning(List.of()))).isEmpty();
    }

    @Test
    void parallelClaimsNeverShareADownload() throws Exception {
        Set<UUID> submitted = new HashSet<>();
        IntStream.rangeClosed(1, 40).forEach(item -> submitted.add(submit(String.valueOf(item), 0, null)));
        ExecutorService eight = Executors.newFixedThreadPool(8);
        try {
            Callable<Optional<UUID>> claim = this::claim;
            List<UUID> claimed = eight.invokeAll(java.util.Collections.nCopies(48, claim)).stream().map(DownloadRepositoryContract::result)
                    .flatMap(Optional::stream).toList();
            assertThat(claimed).hasSize(40).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(submitted);
        } finally {
            eight.shutdown();
        }
    }

    @Test
    void parallelClaimsOfOneItemGiveExactlyOne() throws Exception {
        IntStream.rangeClosed(1, 8).forEach(time -> submit("1", 0, null));
        ExecutorService eight = Executors.newFixedThreadPool(8);
        try {
            Callable<Optional<UUID>> claim = this::claim;
            assertThat(eight.invokeAll(java.util.Collections.nCopies(8, claim)).stream().map(DownloadRepositoryContract::result)
                    .flatMap(Optional::stream)).hasSize(1);
        } finally {
            eight.shutdown();
        }
    }

    @Test
    void aCancelThatCrossesTheClaimLeavesTheNextOneToIt() {
        UUID canceled = submit("1", 0, null);
        UUID deleted = submit("2", 0, null);
        UUID next = submit("3", 0, null);
        CompletableFuture<Optional<UUID>> claim = database.transaction(entities -> {
            repository(entities).getVisible(canceled, caller(), true).cancel(now(entities));
            repository(entities).remove(repository(entities).getVisible(deleted, caller(), true));
            entities.flush();
            CompletableFuture<Optional<UUID>> claiming = CompletableFuture.supplyAsync(this::claim);
            while (!database.someoneWaits()) {
                assertThat(claiming).isNotDone();
            }
            return claiming;
        });
        assertThat(claim.join()).contains(next);
        assertThat(claim()).isEmpty();
    }

    @Test
    void everyClaimHasAHigherFenceThanAllBefore() {
        submit("1", 0, null);
        submit("2", 0, null);
        long first = fence(claim().orElseThrow());
        assertThat(fence(claim().orElseThrow())).isGreaterThan(first);
    }

    @Test
    void anOvertakenWorkerFindsNothingToWrite() {
        submit("1", 0, null);
        UUID id = claim().orElseThrow();
        long fence = fence(id);
        database.transaction(entities -> {
            repository(entities).lockHeld(id, fence).orElseThrow().giveBack(now(entities));
            return null;
        });
        claim().orElseThrow();
        assertThat(database.<Optional<Download>>transaction(entities -> repository(entities).lockHeld(id, fence))).isEmpty();
        assertThat(database.<Optional<Download>>transaction(entities -> repository(entities).lockHeld(id, fence(id)))).isPresent();
    }

    @Test
    void aRestartedInstanceFindsItsOwnRunsAtOnceAndOthersOnlyAfterTheirLease() {
        submit("1", 0, null);
        UUID id = claim().orElseThrow();
        assertThat(orphans(HERE, Duration.ZERO)).isEmpty();
        assertThat(orphans(HERE, LEASE.plusSeconds(1))).as("its own run, late with renewing").isEmpty();
        assertThat(orphans(new Holder("here", "boot-2"), Duration.ZERO)).containsExactly(id);
        assertThat(orphans(new Holder("there", "boot-9"), Duration.ZERO)).isEmpty();
        assertThat(orphans(new Holder("there", "boot-9"), LEASE.plusSeconds(1))).containsExactly(id);
    }

    @Test
    void aRenewedLeaseIsNoOrphan() {
        submit("1", 0, null);
        UUID id = claim().orElseThrow();
        List<Download> held = database.transaction(entities ->
                repository(entities).renew(HERE, now(entities).plus(LEASE).plusSeconds(60)));
        assertThat(held).extracting(Download::id).containsExactly(id);
        assertThat(orphans(new Holder("there", "boot-9"), LEASE.plusSeconds(1))).isEmpty();
    }

    @Test
    void aChildIsRememberedWithItsStartTime() {
        submit("1", 0, null);
        UUID id = claim().orElseThrow();
        Child child = new Child(4711, Instant.parse("2026-01-02T03:04:05.670Z"));
        database.transaction(entities -> {
            repository(entities).lockHeld(id, find(entities, id).lease().fence()).orElseThrow().childStarted(child, now(entities));
            return null;
        });
        assertThat(database.<Optional<Child>>transaction(entities -> find(entities, id).lease().child())).contains(child);
    }

    @Test
    void logNumbersHaveNoGapAndNoTwin() {
        UUID id = submit("1", 0, null);
        for (int round = 0; round < 3; round++) {
            database.transaction(entities -> {
                new LogRepository(entities).append(repository(entities).getVisible(id, caller(), true), LogLine.LINE, List.of("a", "b"), now(entities));
                return null;
            });
        }
        assertThat(database.<List<LogLine>>transaction(entities -> new LogRepository(entities).after(id, 2, 100)))
                .extracting(LogLine::seq).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void theSameWishFindsTheLiveDownloadAndNoOther() {
        UUID id = submit("1", 0, null);
        assertThat(database.<Optional<Download>>transaction(entities -> repository(entities).findLive(wish("1", 0, null)))).map(Download::id).contains(id);
        assertThat(database.<Optional<Download>>transaction(entities -> repository(entities).findLive(wish("2", 0, null)))).isEmpty();
        database.transaction(entities -> {
            repository(entities).getVisible(id, caller(), true).cancel(now(entities));
            return null;
        });
        assertThat(database.<Optional<Download>>transaction(entities -> repository(entities).findLive(wish("1", 0, null)))).isEmpty();
    }

    @Test
    void pagesByCursorShowEveryDownloadOnce() {
        Set<UUID> all = new HashSet<>();
        IntStream.rangeClosed(1, 25).forEach(item -> all.add(submit(String.valueOf(item), 0, null)));
        Set<UUID> seen = new HashSet<>();
        String after = null;
        do {
            DownloadQuery query = DownloadQuery.of("10", null, after, "queued", null, null, null);
            List<Download> rows = database.transaction(entities -> new DownloadListRepository(entities).page(caller(), query));
            List<Download> page = rows.subList(0, Math.min(10, rows.size()));
            page.forEach(download -> assertThat(seen.add(download.id())).isTrue());
            Download last = page.get(page.size() - 1);
            after = rows.size() > 10 ? new DownloadQuery.Cursor(last.createdAt(), last.id()).text() : null;
        } while (after != null);
        assertThat(seen).isEqualTo(all);
        DownloadQuery none = DownloadQuery.of(null, null, null, null, null, "1_", null);
        assertThat(database.<Long>transaction(entities -> new DownloadListRepository(entities).count(caller(), none))).isZero();
    }

    private Caller caller() {
        return new Caller(user, Set.of(), Optional.empty(), false);
    }

    private UUID submit(String item, int priority, Instant startAt) {
        return database.transaction(entities -> {
            // never two in the same millisecond: their order would be left to their random ids
            Download download = new Download(wish(item, priority, startAt), 3, now(entities).plusMillis(submitted.getAndIncrement()));
            repository(entities).add(download);
            return download.id();
        });
    }

    private Wish wish(String item, int priority, Instant startAt) {
        return new Wish(user, null, item, 431960, Source.SANDBOX, "sandbox", null, null, priority, startAt);
    }

    private Optional<UUID> claim() {
        return database.transaction(entities -> {
            repository(entities).lockClaims();
            Instant now = now(entities);
            return repository(entities).claimNext(HERE, now, now.plus(LEASE)).map(Download::id);
        });
    }

    private List<UUID> orphans(Holder holder, Duration ahead) {
        return database.transaction(entities -> repository(entities).findOrphans(holder, now(entities).plus(ahead)).stream()
                .map(Download::id).toList());
    }

    private long fence(UUID id) {
        return database.<Long>transaction(entities -> find(entities, id).lease().fence());
    }

    private static Download find(EntityManager entities, UUID id) {
        return repository(entities).find(id).orElseThrow();
    }

    private static DownloadRepository repository(EntityManager entities) {
        return new DownloadRepository(entities);
    }

    private static Instant now(EntityManager entities) {
        return new ClockRepository(entities).now();
    }

    private static <T> T result(java.util.concurrent.Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError("A parallel claim failed", e);
        }
    }
}
