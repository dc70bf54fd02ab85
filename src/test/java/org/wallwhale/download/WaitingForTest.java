package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WaitingForTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final HeldBack NOTHING = HeldBack.NOTHING;
    private static final Supplier<HeldBack> UNASKED = () -> {
        throw new AssertionError("Whether the same item runs does not matter here");
    };

    @Test
    void aDownloadThatWaitsForNothingElseWaitsForASlot() {
        assertThat(WaitingFor.sentence(queued(null), NOW, () -> NOTHING)).contains("It waits for a free download slot.");
    }

    @Test
    void whatHoldsItBackIsTold() {
        Download download = queued(null);
        assertThat(WaitingFor.sentence(download, NOW, () -> held(download.id(), HeldBack.Reason.SAME_ITEM_RUNS)))
                .contains("The same item is being fetched.");
        assertThat(WaitingFor.sentence(download, NOW, () -> held(download.id(), HeldBack.Reason.OWNER_AT_LIMIT)))
                .contains("As many downloads of its owner are running as may at once.");
        assertThat(WaitingFor.sentence(download, NOW, () -> held(UUID.randomUUID(), HeldBack.Reason.TOO_LARGE)))
                .contains("It waits for a free download slot.");
    }

    @Test
    void whatHoldsEverythingBackIsToldBeforeTheRest() {
        Download download = queued(null);
        assertThat(WaitingFor.sentence(download, NOW, () -> held(download.id(), HeldBack.Reason.TOO_LARGE)))
                .contains("The server's disk has not enough free space for this item.");
        assertThat(WaitingFor.sentence(download, NOW, () -> new HeldBack(Optional.of("The queue is paused."),
                Map.of(download.id(), HeldBack.Reason.TOO_LARGE)))).contains("The queue is paused.");
    }

    @Test
    void aStartTimeToComeIsTold() {
        assertThat(WaitingFor.sentence(queued(NOW.plusMillis(90_500)), NOW, UNASKED))
                .contains("It starts at 2026-01-01T00:01:30Z.");
    }

    @Test
    void aStartTimeThatHasComeIsNoReason() {
        assertThat(WaitingFor.sentence(queued(NOW), NOW, () -> NOTHING)).contains("It waits for a free download slot.");
    }

    @Test
    void aFailedRunIsToldWithTheTimeOfTheNext() {
        Download download = running();
        download.retryLater(new Failure("stalled", "Nothing arrived.", "Wait."), NOW.plusSeconds(20), NOW);
        assertThat(WaitingFor.sentence(download, NOW, UNASKED)).contains("It failed and is tried again at 2026-01-01T00:00:20Z.");
    }

    @Test
    void whatDoesNotWaitHasNoSentence() {
        assertThat(WaitingFor.sentence(running(), NOW, UNASKED)).isEmpty();
        Download canceled = queued(null);
        canceled.cancel(NOW);
        assertThat(WaitingFor.sentence(canceled, NOW, UNASKED)).isEmpty();
    }

    private static HeldBack held(UUID id, HeldBack.Reason reason) {
        return new HeldBack(Optional.empty(), Map.of(id, reason));
    }

    private static Download running() {
        Download download = queued(null);
        download.claim(new Holder("here", "boot-1"), 1, NOW, NOW.plusSeconds(15));
        return download;
    }

    private static Download queued(Instant startAt) {
        return new Download(Wishes.of(UUID.randomUUID(), "1"), startAt, 3, NOW);
    }
}
