package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.TestDatabase;

/** Whose turn it is, on every database. */
abstract class QueueContract {
    static final Capacity ANY = new Capacity(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
    private static final Holder HERE = new Holder("here", "boot-1");
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Failure BROKEN = new Failure("broken", "It broke.", "Mend it.");
    private final AtomicInteger submitted = new AtomicInteger();
    private TestDatabase database;
    private Capacity capacity = ANY;
    private UUID user;

    abstract TestDatabase open();

    @BeforeEach
    void openWithOneUser() {
        database = open();
        user = database.addUser();
    }

    @AfterEach
    void close() {
        database.close();
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
        UUID first = claim().orElseThrow();
        assertThat(claim()).isEmpty();
        UUID other = submit("2", 0, Instant.parse("2099-01-01T00:00:00Z"));
        assertThat(heldBack(first, second, other).reasons()).as("one that was claimed meanwhile does not wait for itself")
                .containsOnly(Map.entry(second, HeldBack.Reason.SAME_ITEM_RUNS));
        assertThat(heldBack().reasons()).isEmpty();
    }

    @Test
    void noMoreOfAUsersDownloadsRunThanTheUserMay() {
        limit("users", user, 2);
        UUID waiting = null;
        for (int item = 1; item <= 3; item++) {
            waiting = submit(String.valueOf(item), 0, null);
        }
        UUID first = claim().orElseThrow();
        claim().orElseThrow();
        assertThat(claim()).isEmpty();
        assertThat(heldBack(waiting).reasons()).containsOnly(Map.entry(waiting, HeldBack.Reason.OWNER_AT_LIMIT));
        UUID others = submitOf(database.addUser(), "9");
        assertThat(claim()).as("somebody else's turn comes").contains(others);
        change(first, download -> download.fail(new Failure("broken", "It broke.", "Mend it."), Instant.now()));
        assertThat(claim()).contains(waiting);
        assertThat(claim()).isEmpty();
    }

    @Test
    void theServersDefaultBindsWhoseOwnLimitSaysNothing() {
        submit("1", 0, null);
        submit("2", 0, null);
        capacity = new Capacity(1, Integer.MAX_VALUE, Long.MAX_VALUE);
        claim().orElseThrow();
        assertThat(claim()).isEmpty();
        limit("users", user, 2);
        assertThat(claim()).isPresent();
    }

    @Test
    void parallelClaimsNeverShareADownload() throws Exception {
        Set<UUID> submitted = new HashSet<>();
        IntStream.rangeClosed(1, 40).forEach(item -> submitted.add(submit(String.valueOf(item), 0, null)));
        ExecutorService eight = Executors.newFixedThreadPool(8);
        try {
            Callable<Optional<UUID>> claim = this::claim;
            List<UUID> claimed = eight.invokeAll(Collections.nCopies(48, claim)).stream().map(QueueContract::result)
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
            assertThat(eight.invokeAll(Collections.nCopies(8, claim)).stream().map(QueueContract::result)
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
    void ownersTakeTurnsHoweverMuchTheyQueued() {
        UUID other = database.addUser();
        List<UUID> many = IntStream.rangeClosed(1, 20).mapToObj(item -> submit(String.valueOf(item), 100, null)).toList();
        UUID one = submitOf(other, "21");
        UUID two = submitOf(other, "22");
        assertThat(Set.of(claim().orElseThrow(), claim().orElseThrow())).as("one of each first").isEqualTo(Set.of(many.get(0), one));
        assertThat(Set.of(claim().orElseThrow(), claim().orElseThrow())).isEqualTo(Set.of(many.get(1), two));
        assertThat(claim()).contains(many.get(2));
    }

    @Test
    void whoHasFewestRunningComesBeforeWhoWaitedLongest() {
        UUID other = database.addUser();
        UUID running = submitOf(other, "1");
        assertThat(claim()).contains(running);
        submit("2", 0, null);
        UUID second = submitOf(other, "3");
        UUID mine = claim().orElseThrow();
        submit("4", 0, null);
        change(running, download -> download.fail(BROKEN, Instant.now()));
        assertThat(claim()).as("nothing of the other's runs any longer").contains(second);
        assertThat(mine).isNotEqualTo(second);
    }

    @Test
    void onlyAnAdministratorsPriorityCrossesOwners() {
        UUID administrator = database.addUser();
        database.transaction(entities -> entities.createNativeQuery("update users set role = 'ADMIN' where id = ?1")
                .setParameter(1, administrator).executeUpdate());
        UUID urgent = submit("1", 100, null);
        UUID low = submitOf(administrator, "2", -1);
        UUID high = submitOf(administrator, "3", 1);
        UUID higher = submitOf(administrator, "4", 2);
        List<UUID> order = new ArrayList<>();
        for (Optional<UUID> next = claim(); next.isPresent(); next = claim()) {
            order.add(next.get());
        }
        assertThat(order).containsExactly(higher, high, urgent, low);
    }

    @Test
    void aPausedQueueStartsNothingAndSaysSo() {
        UUID waiting = submit("1", 0, null);
        pause(true);
        assertThat(claim()).isEmpty();
        assertThat(heldBack(waiting).everything()).contains("An administrator paused the queue.");
        pause(false);
        assertThat(heldBack(waiting).everything()).isEmpty();
        assertThat(claim()).contains(waiting);
    }

    @Test
    void noMoreRunThanTheWholeServerMay() {
        capacity = new Capacity(Integer.MAX_VALUE, 2, Long.MAX_VALUE);
        submitOf(database.addUser(), "1");
        submitOf(database.addUser(), "2");
        UUID third = submit("3", 0, null);
        UUID first = claim().orElseThrow();
        claim().orElseThrow();
        assertThat(claim()).isEmpty();
        assertThat(heldBack(third).everything()).contains("As many downloads are running as may at once on this server.");
        change(first, download -> download.fail(BROKEN, Instant.now()));
        assertThat(claim()).isPresent();
    }

    @Test
    void whatTheDiskHasNoRoomForWaitsWhileOthersPass() {
        fetchedBefore("1", 600);
        fetchedBefore("2", 600);
        capacity = new Capacity(Integer.MAX_VALUE, Integer.MAX_VALUE, 1000);
        UUID first = submit("1", 0, null);
        UUID second = submit("2", 0, null);
        UUID unknown = submit("3", 0, null);
        assertThat(claim()).contains(first);
        assertThat(claim()).as("the first one may still write 600 of 1,000 bytes").contains(unknown);
        assertThat(claim()).isEmpty();
        assertThat(heldBack(second).reasons()).containsOnly(Map.entry(second, HeldBack.Reason.TOO_LARGE));
        change(first, download -> download.fail(BROKEN, Instant.now()));
        assertThat(heldBack(second).reasons()).isEmpty();
        assertThat(claim()).contains(second);
    }

    @Test
    void whatSteamSaysOfAnItemsSizeCountsMoreThanWhatWasFetchedBefore() {
        fetchedBefore("1", 600);
        capacity = new Capacity(Integer.MAX_VALUE, Integer.MAX_VALUE, 1000);
        UUID download = submit("1", 0, null);
        change(download, waiting -> waiting.describe(new ItemFacts(7, "A title", Optional.empty(), 1001), Instant.now()));
        assertThat(claim()).isEmpty();
        assertThat(heldBack(download).reasons()).containsOnly(Map.entry(download, HeldBack.Reason.TOO_LARGE));
        change(download, waiting -> waiting.describe(new ItemFacts(7, "A title", Optional.empty(), 1000), Instant.now()));
        assertThat(claim()).contains(download);
    }

    @Test
    void anItemWaitsAlsoForOneWhoseAppIsKnownAlready() {
        UUID first = submit("1", 0, null);
        UUID second = submit("1", 0, null);
        assertThat(claim()).contains(first);
        change(first, running -> running.describe(new ItemFacts(7, "A title", Optional.empty(), -1), Instant.now()));
        assertThat(claim()).isEmpty();
        assertThat(heldBack(second).reasons()).containsOnly(Map.entry(second, HeldBack.Reason.SAME_ITEM_RUNS));
    }

    @Test
    void nothingIsStartedOnAFullDisk() {
        UUID waiting = submit("1", 0, null);
        capacity = new Capacity(Integer.MAX_VALUE, Integer.MAX_VALUE, 0);
        assertThat(claim()).isEmpty();
        assertThat(heldBack(waiting).everything()).contains("The server's disk is nearly full; it waits for free space.");
    }

    private void fetchedBefore(String item, long bytes) {
        database.transaction(entities -> entities.createNativeQuery("""
                insert into contents (id, source, app_id, pubfile_id, version, folder, size_bytes, file_count, created_at)
                values (?1, 'sandbox', 431960, ?2, '1', 'f', ?3, 1, current_timestamp)""")
                .setParameter(1, UUID.randomUUID()).setParameter(2, item).setParameter(3, bytes).executeUpdate());
    }

    private void pause(boolean paused) {
        database.transaction(entities -> {
            queue(entities).pause(paused);
            return null;
        });
    }

    private HeldBack heldBack(UUID... ids) {
        return database.transaction(entities -> queue(entities).heldBack(List.of(ids), capacity));
    }

    private void limit(String table, UUID id, int maxConcurrent) {
        database.transaction(entities -> entities.createNativeQuery("update " + table + " set max_concurrent = ?1 where id = ?2")
                .setParameter(1, maxConcurrent).setParameter(2, id).executeUpdate());
    }

    private UUID submitOf(UUID owner, String item) {
        return submitOf(owner, item, 0);
    }

    private UUID submitOf(UUID owner, String item, int priority) {
        return add(Wishes.of(owner, item, priority), null);
    }

    private UUID submit(String item, int priority, Instant startAt) {
        return add(Wishes.of(user, item, priority), startAt);
    }

    private UUID add(Wish wish, Instant startAt) {
        return database.transaction(entities -> {
            // never two in the same millisecond: their order would be left to their random ids
            Download download = new Download(wish, startAt, 3, now(entities).plusMillis(submitted.getAndIncrement()));
            new DownloadRepository(entities).add(download);
            return download.id();
        });
    }

    private Optional<UUID> claim() {
        return database.transaction(entities -> {
            queue(entities).lockClaims();
            Instant now = now(entities);
            return queue(entities).claimNext(HERE, capacity, now, now.plus(LEASE)).map(Download::id);
        });
    }

    private void change(UUID id, Consumer<Download> change) {
        database.transaction(entities -> {
            change.accept(repository(entities).find(id).orElseThrow());
            return null;
        });
    }

    private long fence(UUID id) {
        return database.<Long>transaction(entities -> repository(entities).find(id).orElseThrow().lease().fence());
    }

    private Caller caller() {
        return Callers.of(user);
    }

    private static DownloadRepository repository(EntityManager entities) {
        return new DownloadRepository(entities);
    }

    private static QueueRepository queue(EntityManager entities) {
        return new QueueRepository(entities);
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
