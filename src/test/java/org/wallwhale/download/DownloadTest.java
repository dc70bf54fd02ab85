package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

class DownloadTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final Holder HOLDER = new Holder("here", "boot-1");
    private static final Failure FAILURE = new Failure("stalled", "Nothing arrived.", "Wait.");
    private static final Delivery DELIVERY = new Delivery(UUID.randomUUID(), "7", 4096, Optional.of(Duration.ofDays(30)));
    private static final List<String> STATES = List.of("queued", "running", "last attempt", "canceling", "success", "cleaned",
            "failed", "canceled");
    private static final Map<String, Consumer<Download>> TRANSITIONS = Map.ofEntries(
            Map.entry("claim", download -> download.claim(HOLDER, 2, NOW, NOW.plusSeconds(15))),
            Map.entry("childStarted", download -> download.childStarted(new Child(4711, NOW), NOW)),
            Map.entry("enter", download -> download.enter(Phase.VERIFYING, NOW)),
            Map.entry("reserve", download -> download.reserve("7", 4096, NOW)),
            Map.entry("succeed", download -> download.succeed(DELIVERY, NOW)),
            Map.entry("fail", download -> download.fail(FAILURE, NOW)),
            Map.entry("retryLater", download -> download.retryLater(FAILURE, NOW.plusSeconds(10), NOW)),
            Map.entry("giveBack", download -> download.giveBack(NOW)),
            Map.entry("cancel", download -> download.cancel(NOW)),
            Map.entry("canceled", download -> download.canceled(NOW)),
            Map.entry("retry", download -> download.retry(3, null, NOW)),
            Map.entry("demandDeletable", Download::demandDeletable));

    /** Each transition from each state: the status it leads to, or {@code -} where it is refused. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            transition,      queued,   running, last attempt, canceling, success, cleaned, failed, canceled
            claim,           running,  -,       -,            -,         -,       -,       -,      -
            childStarted,    -,        running, running,      running,   -,       -,       -,      -
            enter,           -,        running, running,      running,   -,       -,       -,      -
            reserve,         -,        running, running,      running,   -,       -,       -,      -
            succeed,         -,        success, success,      success,   -,       -,       -,      -
            fail,            -,        failed,  failed,       -,         -,       -,       -,      -
            retryLater,      -,        queued,  -,            -,         -,       -,       -,      -
            giveBack,        -,        queued,  queued,       -,         -,       -,       -,      -
            cancel,          canceled, running, running,      running,   -,       -,       -,      canceled
            canceled,        -,        -,       -,            canceled,  -,       -,       -,      -
            retry,           -,        -,       -,            -,         -,       queued,  queued, queued
            demandDeletable, -,        -,       -,            -,         success, cleaned, failed, canceled
            """, useHeadersInDisplayName = true)
    void everyArrowLeadsWhereItShouldAndEveryOtherIsRefused(ArgumentsAccessor row) {
        Consumer<Download> transition = TRANSITIONS.get(row.getString(0));
        for (int state = 0; state < STATES.size(); state++) {
            Download download = in(STATES.get(state));
            String wanted = row.getString(state + 1);
            if (wanted.equals("-")) {
                Status before = download.status();
                assertThatThrownBy(() -> transition.accept(download)).as(STATES.get(state))
                        .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT))
                        .hasMessageStartingWith("A download that " + before.words() + " cannot be ");
                assertThat(download.status()).as(STATES.get(state)).isEqualTo(before);
            } else {
                transition.accept(download);
                assertThat(download.status().name()).as(STATES.get(state))
                        .isEqualToIgnoringCase(wanted.equals("cleaned") ? "success" : wanted);
                demandSound(download, STATES.get(state) + " and then " + row.getString(0));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            success  | cancel          | A download that has succeeded cannot be canceled.
            success  | retry           | A download that has succeeded cannot be retried as long as its content is there.
            failed   | cancel          | A download that has failed cannot be canceled.
            failed   | claim           | A download that has failed cannot be claimed.
            canceled | claim           | A download that was canceled cannot be claimed.
            queued   | retry           | A download that waits in the queue cannot be retried.
            running  | retry           | A download that is running cannot be retried.
            queued   | demandDeletable | A download that waits in the queue cannot be deleted: cancel it first.
            running  | demandDeletable | A download that is running cannot be deleted: cancel it first.
            """)
    void whoIsRefusedIsToldInASentence(String state, String transition, String sentence) {
        assertThatThrownBy(() -> TRANSITIONS.get(transition).accept(in(state))).hasMessage(sentence);
    }

    @Test
    void everyStateIsSound() {
        assertThat(STATES).allSatisfy(state -> demandSound(in(state), state));
    }

    @Test
    void aFreshDownloadWaitsWithAllItsAttempts() {
        Download download = queued();
        assertThat(download.phase()).isEqualTo(Phase.WAITING);
        assertThat(download.attempts().made()).isZero();
        assertThat(download.attempts().left()).isEqualTo(3);
        assertThat(download.times().createdAt()).isEqualTo(CREATED);
        assertThat(download.times().updatedAt()).isEqualTo(CREATED);
        assertThat(download.times().startedAt()).isNull();
    }

    @Test
    void theStartTimeThatItsOwnerGivesIsNotOneThatAccountsMayTakeAway() {
        Download download = in("running");
        download.waitForSeat(NOW.plusSeconds(60), NOW);
        download.change(1, NOW.plusSeconds(60), NOW);
        assertThat(download.seating().isNeeded()).as("only its priority changed").isTrue();
        download.change(1, NOW.plusSeconds(3600), NOW);
        assertThat(download.seating().isNeeded()).isFalse();
        assertThat(download.attempts().startAt()).isEqualTo(NOW.plusSeconds(3600));
    }

    @Test
    void theTimeOfTheLastChangeNeverGoesBack() {
        Download download = queued();
        download.change(1, null, NOW);
        long revision = download.revision();
        for (Consumer<Download> change : List.<Consumer<Download>>of(changed -> changed.claim(HOLDER, 1, CREATED, NOW.plusSeconds(15)),
                changed -> changed.enter(Phase.DOWNLOADING, CREATED), changed -> changed.fail(FAILURE, CREATED))) {
            change.accept(download);
            assertThat(download.revision()).isGreaterThan(revision);
            revision = download.revision();
        }
    }

    @Test
    void aClaimTakesOneAttemptAndTheStartTimeOfTheFirst() {
        Download download = in("running");
        assertThat(download.attempts().made()).isEqualTo(1);
        assertThat(download.attempts().left()).isEqualTo(2);
        assertThat(download.times().startedAt()).isEqualTo(CREATED);
        download.retryLater(FAILURE, NOW, NOW);
        download.claim(HOLDER, 2, NOW, NOW.plusSeconds(15));
        assertThat(download.attempts().made()).isEqualTo(2);
        assertThat(download.attempts().left()).isEqualTo(1);
        assertThat(download.times().startedAt()).isEqualTo(CREATED);
        assertThat(download.attempts().startAt()).isNull();
    }

    @Test
    void onlyTheNewestClaimHoldsTheDownload() {
        Download download = in("running");
        assertThat(download.isHeldBy(1)).isTrue();
        download.giveBack(NOW);
        assertThat(download.isHeldBy(1)).isFalse();
        download.claim(HOLDER, 2, NOW, NOW.plusSeconds(15));
        assertThat(download.isHeldBy(1)).isFalse();
        assertThat(download.isHeldBy(2)).isTrue();
    }

    @Test
    void aRunThatIsGivenBackDoesNotCountAsAnAttempt() {
        Download download = in("running");
        download.giveBack(NOW);
        assertThat(download.attempts().left()).isEqualTo(3);
    }

    @Test
    void aFailedRunIsTriedAgainLaterWithItsErrorShown() {
        Download download = in("running");
        download.retryLater(FAILURE, NOW.plusSeconds(10), NOW);
        assertThat(download.attempts().startAt()).isEqualTo(NOW.plusSeconds(10));
        assertThat(download.attempts().error()).contains(FAILURE);
        assertThat(download.attempts().left()).isEqualTo(2);
    }

    @Test
    void aSuccessClearsTheErrorOfEarlierRuns() {
        Download download = in("running");
        download.retryLater(FAILURE, NOW, NOW);
        download.claim(HOLDER, 2, NOW, NOW.plusSeconds(15));
        download.succeed(DELIVERY, NOW);
        assertThat(download.attempts().error()).isEmpty();
        assertThat(download.holdings().contentId()).isEqualTo(DELIVERY.contentId());
        assertThat(download.holdings().version()).isEqualTo("7");
        assertThat(download.holdings().bytesTotal()).isEqualTo(4096);
        assertThat(download.holdings().expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(30)));
    }

    @Test
    void whatWasSetAsideForOneRunIsNotSetAsideForTheNext() {
        Download download = in("running");
        download.reserve("7", 4096, NOW);
        assertThat(download.holdings().version()).isEqualTo("7");
        assertThat(download.holdings().bytesTotal()).isEqualTo(4096);
        download.giveBack(NOW);
        download.claim(HOLDER, 2, NOW, NOW.plusSeconds(15));
        assertThat(download.holdings().bytesTotal()).isNull();
    }

    @Test
    void aSuccessCanBeKeptForEver() {
        Download download = in("running");
        download.succeed(new Delivery(UUID.randomUUID(), "7", 1, Optional.empty()), NOW);
        assertThat(download.holdings().expiresAt()).isNull();
    }

    @Test
    void aRetryStartsWithACleanSlate() {
        Download download = in("failed");
        download.retry(5, null, NOW);
        assertThat(download.attempts().left()).isEqualTo(5);
        assertThat(download.attempts().made()).isEqualTo(1);
        assertThat(download.attempts().error()).isEmpty();
        assertThat(download.times().startedAt()).isNull();
        assertThat(download.times().completedAt()).isNull();
    }

    @Test
    void aRunThatIsBeingCanceledShowsNoOtherPhaseAnyMore() {
        Download download = in("canceling");
        download.enter(Phase.VERIFYING, NOW);
        assertThat(download.phase()).isEqualTo(Phase.CANCELING);
        assertThat(download.lease().isCancelRequested()).isTrue();
    }

    @Test
    void aCancelIsForgottenOnceItIsDone() {
        Download download = in("canceling");
        download.canceled(NOW);
        download.retry(3, null, NOW);
        download.claim(HOLDER, 2, NOW, NOW.plusSeconds(15));
        assertThat(download.lease().isCancelRequested()).isFalse();
        assertThat(download.phase()).isEqualTo(Phase.LOGIN);
    }

    @Test
    void logNumbersAreHandedOutOnce() {
        Download download = queued();
        assertThat(download.takeLogNumbers(3)).isEqualTo(1);
        assertThat(download.takeLogNumbers(1)).isEqualTo(4);
        assertThat(download.logSeq()).isEqualTo(4);
    }

    /** What holds in every state, however it was reached. */
    private static void demandSound(Download download, String how) {
        boolean finished = download.status().isFinished();
        assertThat(download.times().completedAt() != null).as(how + ": completed exactly when finished").isEqualTo(finished);
        assertThat(download.status() == Status.SUCCESS).as(how + ": ready exactly when successful")
                .isEqualTo(download.phase() == Phase.READY);
        assertThat(download.phase() == null).as(how + ": no phase when failed or canceled")
                .isEqualTo(download.status() == Status.FAILED || download.status() == Status.CANCELED);
        assertThat(download.phase() == Phase.WAITING).as(how + ": waits when queued")
                .isEqualTo(download.status() == Status.QUEUED);
        if (download.status() != Status.RUNNING) {
            assertThat(download.lease().child()).as(how + ": no child").isEmpty();
            assertThat(download.lease().isCancelRequested()).as(how + ": no wish to cancel").isFalse();
        }
        if (!finished) {
            assertThat(download.attempts().left() > 0 || download.status() == Status.RUNNING).as(how + ": an attempt is left")
                    .isTrue();
        }
    }

    private static Download in(String state) {
        Download download = queued();
        switch (state) {
            case "queued" -> { }
            case "running" -> run(download);
            case "last attempt" -> {
                download = new Download(wish(), null, 1, CREATED);
                run(download);
            }
            case "canceling" -> {
                run(download);
                download.cancel(CREATED);
            }
            case "success" -> {
                run(download);
                download.succeed(DELIVERY, CREATED);
            }
            case "cleaned" -> {
                run(download);
                download.succeed(new Delivery(null, "7", 4096, Optional.empty()), CREATED);
            }
            case "failed" -> {
                run(download);
                download.fail(FAILURE, CREATED);
            }
            case "canceled" -> download.cancel(CREATED);
            default -> throw new IllegalArgumentException(state);
        }
        return download;
    }

    private static void run(Download download) {
        download.claim(HOLDER, 1, CREATED, CREATED.plusSeconds(15));
        download.childStarted(new Child(4711, CREATED), CREATED);
    }

    private static Download queued() {
        return new Download(wish(), null, 3, CREATED);
    }

    private static Wish wish() {
        return Wishes.of(UUID.randomUUID(), "3000000000");
    }
}
