package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.access.Callers;
import org.wallwhale.config.Settings;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.TestDatabase;

class ClaimServiceTest {
    private static final Holder HERE = new Holder("here", "boot-1");
    private static final Failure FAILURE = new Failure("stalled", "Nothing arrived.", "Wait.");
    private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);
    private static final Map<String, String> SETTINGS = Map.of("wallwhale.download.app-id", "431960",
            "wallwhale.download.max-attempts", "3", "wallwhale.download.max-concurrent", "0", "wallwhale.download.max-running", "0",
            "wallwhale.download.lease-seconds", "15", "wallwhale.store.min-free-bytes", "0", "wallwhale.data-dir", "target", "wallwhale.sandbox.enabled",
            "true");
    private final Changes<DownloadChanged> changes = new Changes<>();
    private TestDatabase database;
    private UUID user;
    private Instant locked;

    @BeforeEach
    void openWithOneUser() {
        database = TestDatabase.h2();
        user = database.addUser();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aFailedRunIsTriedAgainUntilNoAttemptIsLeft() {
        Claim first = claimed(2);
        assertThat(wrote(claims -> claims.fail(first, FAILURE, AT_ONCE, 1))).isTrue();
        assertThat(find(first).status()).isEqualTo(Status.QUEUED);
        Claim second = claims(claims -> claims.claim(HERE)).orElseThrow();
        assertThat(wrote(claims -> claims.fail(second, FAILURE, AT_ONCE, 1))).isTrue();
        assertThat(find(second).status()).isEqualTo(Status.FAILED);
        assertThat(log(second)).endsWith("Nothing arrived. Wait.", "Archive not created.", "FAILED");
        assertThat(outcomes(first)).containsExactly("stalled", "stalled");
    }

    @Test
    void triesBeginAnewWithARetryAndDoNotCountAStop() {
        Claim first = claimed(3);
        assertThat(first.tries()).isEqualTo(1);
        claims(claims -> claims.giveBack(first));
        Claim second = claims(claims -> claims.claim(HERE)).orElseThrow();
        assertThat(second.tries()).isEqualTo(1);
        claims(claims -> claims.fail(second, FAILURE, AT_ONCE, 1));
        Claim third = claims(claims -> claims.claim(HERE)).orElseThrow();
        assertThat(third.tries()).isEqualTo(2);
        claims(claims -> claims.fail(third, FAILURE, Optional.empty(), 1));
        database.transaction(entities -> {
            new DownloadRepository(entities).getVisible(first.downloadId(), Callers.of(user), true)
                    .retry(3, null, new ClockRepository(entities).now());
            return null;
        });
        Claim retried = claims(claims -> claims.claim(HERE)).orElseThrow();
        assertThat(retried.attempt()).isEqualTo(4);
        assertThat(retried.tries()).isEqualTo(1);
    }

    @Test
    void aLeaseBeginsWhenTheWaitForOtherClaimsIsOver() {
        submit(3);
        CompletableFuture<Claim> waiting = database.transaction(entities -> {
            new QueueRepository(entities).lockClaims();
            CompletableFuture<Claim> claim = CompletableFuture.supplyAsync(() -> claims(claims -> claims.claim(HERE)).orElseThrow());
            while (!database.someoneWaits()) {
                assertThat(claim).isNotDone();
            }
            Instant waits = Instant.now();
            while (Instant.now().isBefore(waits.plusMillis(5))) {
                Thread.onSpinWait();
            }
            locked = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            return claim;
        });
        assertThat(find(waiting.join()).times().startedAt()).isAfterOrEqualTo(locked);
    }

    @Test
    void whereARetryCannotHelpTheFirstFailureIsTheLast() {
        Claim claim = claimed(3);
        claims(claims -> claims.fail(claim, FAILURE, Optional.empty(), 1));
        assertThat(find(claim).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aCancelThatMeetsAFailureIsNotLost() {
        Claim claim = claimed(3);
        cancel(claim);
        assertThat(wrote(claims -> claims.fail(claim, FAILURE, AT_ONCE, 1))).isTrue();
        assertThat(find(claim).status()).isEqualTo(Status.CANCELED);
        assertThat(find(claim).attempts().error()).isEmpty();
        assertThat(log(claim)).endsWith("Canceled. Archive not created.", "CANCELED");
        assertThat(outcomes(claim)).containsExactly("canceled");
    }

    @Test
    void aCancelThatMeetsAStopOfTheServerIsNotLost() {
        Claim claim = claimed(3);
        cancel(claim);
        assertThat(wrote(claims -> claims.giveBack(claim))).isTrue();
        assertThat(find(claim).status()).isEqualTo(Status.CANCELED);
        assertThat(outcomes(claim)).containsExactly("canceled");
    }

    @Test
    void aCancelThatOutlivesItsServerIsNotLost() {
        Claim claim = claimed(3);
        cancel(claim);
        List<Orphan> orphans = claims(claims -> claims.orphans(new Holder("here", "boot-2"), false));
        assertThat(orphans).hasSize(1);
        assertThat(wrote(claims -> claims.recover(orphans.get(0)))).isTrue();
        assertThat(find(claim).status()).isEqualTo(Status.CANCELED);
    }

    @Test
    void whatIsGivenBackMayRunAgainAtOnce() {
        Claim claim = claimed(1);
        assertThat(wrote(claims -> claims.giveBack(claim))).isTrue();
        Claim again = claims(claims -> claims.claim(HERE)).orElseThrow();
        assertThat(again.downloadId()).isEqualTo(claim.downloadId());
        assertThat(again.fence()).isGreaterThan(claim.fence());
    }

    @Test
    void whoWasOvertakenWritesNothing() {
        Claim old = claimed(3);
        claims(claims -> claims.giveBack(old));
        Claim now = claims(claims -> claims.claim(HERE)).orElseThrow();
        List<String> before = log(now);
        List<Function<ClaimService, Boolean>> writes = List.of(
                claims -> claims.fail(old, FAILURE, AT_ONCE, 1),
                claims -> claims.giveBack(old),
                claims -> claims.canceled(old, 1),
                claims -> claims.append(old, List.of("late")),
                claims -> claims.enter(old, Phase.VERIFYING),
                claims -> claims.describe(old, new ItemFacts(7, "late", Optional.empty(), 1)),
                claims -> claims.childStarted(old, new Child(1, java.time.Instant.EPOCH)),
                claims -> claims.succeed(old, new Delivery(null, "1", 1, Optional.empty()), List.of("late"), 0));
        for (Function<ClaimService, Boolean> write : writes) {
            assertThat(wrote(write)).isFalse();
        }
        assertThat(log(now)).isEqualTo(before);
        assertThat(find(now).isHeldBy(now.fence())).isTrue();
    }

    @Test
    void aSuccessClosesTheLogBeforeTheStateIsTold() {
        Claim claim = claimed(3);
        claims(claims -> claims.succeed(claim, new Delivery(null, "7", 1, Optional.empty()), List.of("Archive created."), 0));
        assertThat(log(claim)).endsWith("Archive created.", "SUCCESS");
        assertThat(changes.told.get(changes.told.size() - 1).status()).isEqualTo(Status.SUCCESS);
    }

    private Claim claimed(int attempts) {
        submit(attempts);
        return claims(claims -> claims.claim(HERE)).orElseThrow();
    }

    private void submit(int attempts) {
        database.transaction(entities -> {
            new DownloadRepository(entities).add(new Download(Wishes.of(user, "1"), null, attempts, new ClockRepository(entities).now()));
            return null;
        });
    }

    private void cancel(Claim claim) {
        database.transaction(entities -> {
            new DownloadRepository(entities).getVisible(claim.downloadId(), Callers.of(user), true).cancel(new ClockRepository(entities).now());
            return null;
        });
    }

    private boolean wrote(Function<ClaimService, Boolean> write) {
        return claims(write);
    }

    private <T> T claims(Function<ClaimService, T> deed) {
        DownloadConfig config = new DownloadConfig(new Settings(key -> Optional.ofNullable(SETTINGS.get(key))));
        return database.transaction(entities -> deed.apply(new ClaimService(new DownloadRepository(entities), new QueueRepository(entities),
                new LogRepository(entities),
                new ClockRepository(entities), config, new NoSeats(), changes)));
    }

    private Download find(Claim claim) {
        return database.transaction(entities -> new DownloadRepository(entities).find(claim.downloadId()).orElseThrow());
    }

    private List<String> log(Claim claim) {
        return database.transaction(entities -> new LogRepository(entities).after(claim.downloadId(), 0, 100).stream()
                .map(LogLine::text).toList());
    }

    private List<String> outcomes(Claim claim) {
        return database.transaction(entities -> new LogRepository(entities).attempts(claim.downloadId()).stream()
                .map(Attempt::outcome).toList());
    }

    /** Nothing here logs in to Steam. */
    private static final class NoSeats extends SeatingService {
        @Override
        void prepare() {
            // there is no budget
        }

        @Override
        void reserve(Download download, Instant now) {
            assertThat(download.seating().isNeeded()).isFalse();
        }
    }
}
