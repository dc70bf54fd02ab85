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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.TestDatabase;

/** What the queue promises on every database. */
abstract class DownloadRepositoryContract {
    private static final Holder HERE = new Holder("here", "boot-1");
    private static final Duration LEASE = Duration.ofSeconds(15);
    private final AtomicInteger submitted = new AtomicInteger();
    private TestDatabase database;
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
    void whatIsSubmittedIsReadBackWithAllItsMembers() {
        Instant later = Instant.parse("2030-01-02T03:04:05.678Z");
        Wish wish = new Wish(user, null, "11", 4000, Source.STEAM, "somebody", "mods", user + "/mods", 7);
        Download written = new Download(wish, later, 3, later.minusSeconds(60));
        database.transaction(entities -> {
            repository(entities).add(written);
            return null;
        });
        Download read = database.transaction(entities -> find(entities, written.id()));
        assertThat(read.wish()).usingRecursiveComparison().isEqualTo(wish);
        assertThat(read.wish()).extracting(Wish::accountName, Wish::saveRoot, Wish::exportFolder)
                .containsExactly("somebody", "mods", user + "/mods");
        assertThat(read.attempts()).usingRecursiveComparison().isEqualTo(new Attempts(3, later));
        assertThat(read.times()).usingRecursiveComparison().isEqualTo(written.times());
        assertThat(read.status()).isEqualTo(Status.QUEUED);
        assertThat(read.holdings().contentId()).isNull();
        assertThat(read.lease().child()).isEmpty();
    }

    @Test
    void howARunFailedIsReadBackAndForgottenByARetry() {
        Failure failure = new Failure("stalled", "Nothing arrived.", "Wait.");
        Instant start = Instant.parse("2030-01-02T03:04:05.678Z");
        submit("1", 0, start.minusSeconds(1));
        UUID id = change(claimAt(start), download -> download.fail(failure, start.plusSeconds(9)));
        Download failed = database.transaction(entities -> find(entities, id));
        assertThat(failed.attempts().error()).contains(failure);
        assertThat(List.of(failed.attempts().made(), failed.attempts().left())).containsExactly(1, 2);
        assertThat(failed.attempts().startAt()).isNull();
        assertThat(failed.times().startedAt()).isEqualTo(start);
        assertThat(failed.times().completedAt()).isEqualTo(failed.times().updatedAt()).isEqualTo(start.plusSeconds(9));
        change(id, download -> download.retry(5, null, start.plusSeconds(10)));
        Download again = database.transaction(entities -> find(entities, id));
        assertThat(again.attempts().error()).isEmpty();
        assertThat(List.of(again.attempts().made(), again.attempts().left())).containsExactly(1, 5);
        assertThat(again.times().startedAt()).isNull();
        assertThat(again.times().completedAt()).isNull();
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
        assertThat(database.<Optional<Download>>transaction(entities -> repository(entities).findLive(Wishes.of(user, "1")))).map(Download::id).contains(id);
        assertThat(database.<Optional<Download>>transaction(entities -> repository(entities).findLive(Wishes.of(user, "2")))).isEmpty();
        change(id, download -> download.cancel(Instant.EPOCH));
        assertThat(database.<Optional<Download>>transaction(entities -> repository(entities).findLive(Wishes.of(user, "1")))).isEmpty();
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
            after = rows.size() > 10 ? new DownloadQuery.Cursor(last.times().createdAt(), last.id()).text() : null;
        } while (after != null);
        assertThat(seen).isEqualTo(all);
        DownloadQuery none = DownloadQuery.of(null, null, null, null, null, "1_", null);
        assertThat(database.<Long>transaction(entities -> new DownloadListRepository(entities).count(caller(), none, 10))).isZero();
    }

    @Test
    void whatRunsComesBeforeWhatWaitsHoweverMuchThatIs() {
        UUID running = submit("1", 0, null);
        claim();
        submit("2", 0, null);
        UUID newest = submit("3", 0, null);
        assertThat(database.<List<Download>>transaction(entities -> new DownloadListRepository(entities).live(Optional.of(user), 2)))
                .extracting(Download::id).containsExactly(running, newest);
        assertThat(database.<List<Download>>transaction(entities -> new DownloadListRepository(entities).live(Optional.of(user), 1)))
                .extracting(Download::id).containsExactly(running);
    }

    @Test
    void whatWouldTakeLongToCountIsCountedToAPoint() {
        IntStream.rangeClosed(1, 5).forEach(item -> submit(String.valueOf(item), 0, null));
        DownloadQuery all = DownloadQuery.of(null, null, null, null, null, null, null);
        for (int most : List.of(4, 5, 6)) {
            assertThat(database.<Long>transaction(entities -> new DownloadListRepository(entities).count(caller(), all, most)))
                    .isEqualTo(Math.min(5, most));
        }
    }

    private Caller caller() {
        return Callers.of(user);
    }

    @Test
    void theShorterRuntimeOfOwnerAndKeyHolds() {
        UUID id = submit("1", 0, null);
        Function<EntityManager, Optional<Duration>> asked = entities -> repository(entities).maxRuntime(
                repository(entities).find(id).orElseThrow());
        assertThat(database.<Optional<Duration>>transaction(asked)).isEmpty();
        database.transaction(entities -> entities.createNativeQuery("update users set max_runtime_seconds = 60").executeUpdate());
        assertThat(database.<Optional<Duration>>transaction(asked)).contains(Duration.ofSeconds(60));
    }

    private UUID submit(String item, int priority, Instant startAt) {
        return database.transaction(entities -> {
            // never two in the same millisecond: their order would be left to their random ids
            Download download = new Download(Wishes.of(user, item, priority), startAt, 3, now(entities).plusMillis(submitted.getAndIncrement()));
            repository(entities).add(download);
            return download.id();
        });
    }

    private Optional<UUID> claim() {
        return database.transaction(entities -> claim(entities, now(entities)));
    }

    private UUID claimAt(Instant now) {
        return database.<Optional<UUID>>transaction(entities -> claim(entities, now)).orElseThrow();
    }

    private Optional<UUID> claim(EntityManager entities, Instant now) {
        QueueRepository queue = new QueueRepository(entities);
        queue.lockClaims();
        return queue.claimNext(HERE, QueueContract.ANY, now, now.plus(LEASE)).map(Download::id);
    }

    private UUID change(UUID id, Consumer<Download> change) {
        return database.transaction(entities -> {
            change.accept(repository(entities).getVisible(id, caller(), true));
            return id;
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
}
