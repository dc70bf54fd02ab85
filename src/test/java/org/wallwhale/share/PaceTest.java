package org.wallwhale.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private long now = Long.MAX_VALUE - 5;
    private final Pace pace = new Pace(() -> now);

    @Test
    void withoutALimitNobodyWaits() {
        pace.spend(1 << 30);
        assertThat(pace.pauseNanos()).isZero();
        assertThat(pace.most()).isEqualTo(1 << 20);
    }

    @Test
    void whatWasSentIsWaitedForWhoeverSentIt() {
        pace.set(100_000);
        pace.spend(50_000);
        pace.spend(100_000);
        assertThat(pace.pauseNanos()).isEqualTo(Duration.ofMillis(1500).toNanos());
        now += Duration.ofMillis(1400).toNanos();
        assertThat(pace.pauseNanos()).isEqualTo(Duration.ofMillis(100).toNanos());
        now += Duration.ofHours(1).toNanos();
        assertThat(pace.pauseNanos()).isZero();
        pace.spend(100_000);
        assertThat(pace.pauseNanos()).as("an hour of rest saves up nothing").isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aChangeTakesEffectAtOnce() {
        pace.set(1_000_000);
        assertThat(pace.most()).isEqualTo(250_000);
        pace.spend(10_000_000);
        pace.set(0);
        assertThat(pace.pauseNanos()).isZero();
    }
}
