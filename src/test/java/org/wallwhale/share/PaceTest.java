package org.wallwhale.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private long now = Long.MAX_VALUE - 5;
    private final Pace pace = new Pace(() -> now);

    @Test
    void withoutALimitNobodyWaits() {
        assertThat(pace.pauseNanos(pace.spend(1 << 30))).isZero();
        assertThat(pace.most()).isEqualTo(1 << 20);
    }

    @Test
    void whatWasSentIsWaitedForWhoeverSentIt() {
        pace.set(100_000);
        pace.spend(5_000);
        long turn = pace.spend(10_000);
        assertThat(pace.firstTurn()).isEqualTo(turn);
        assertThat(pace.pauseNanos(turn)).isEqualTo(Duration.ofMillis(150).toNanos());
        now += Duration.ofMillis(140).toNanos();
        assertThat(pace.pauseNanos(turn)).isEqualTo(Duration.ofMillis(10).toNanos());
        now += Duration.ofHours(1).toNanos();
        assertThat(pace.pauseNanos(turn)).isZero();
        assertThat(pace.pauseNanos(pace.spend(10_000))).as("an hour of rest saves up nothing").isEqualTo(Duration.ofMillis(100).toNanos());
    }

    @Test
    void eachReaderHasATurnOfItsOwnAndTheyTakeTurns() {
        pace.set(100_000);
        long[] turns = new long[4];
        int[] pieces = new int[turns.length];
        for (int i = 0; i < turns.length; i++) {
            turns[i] = pace.spend(10_000);
        }
        for (long end = now + Duration.ofMillis(1650).toNanos(); now - end < 0; now += Duration.ofMillis(1).toNanos()) {
            int woken = 0;
            for (int i = 0; i < turns.length; i++) {
                if (pace.pauseNanos(turns[i]) == 0) {
                    turns[i] = pace.spend(10_000);
                    pieces[i]++;
                    woken++;
                }
            }
            assertThat(woken).isLessThanOrEqualTo(1);
        }
        assertThat(pieces).containsOnly(4);
    }

    @Test
    void aChangeTakesEffectAtOnce() {
        pace.set(1_000_000);
        assertThat(pace.most()).isEqualTo(250_000);
        long turn = pace.spend(10_000_000);
        assertThat(pace.pauseNanos(turn)).as("whoever waits looks again").isEqualTo(Duration.ofSeconds(1).toNanos());
        pace.set(2_000_000);
        assertThat(pace.pauseNanos(turn)).isZero();
        pace.spend(10_000_000);
        pace.set(0);
        assertThat(pace.pauseNanos(turn)).isZero();
    }
}
