package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
    private final Clock clock = new Clock();
    private final ProgressMeter meter = new ProgressMeter();

    @Test
    void speedAndRestFollowTheMeasuredBytes() {
        Progress progress = null;
        for (int second = 0; second <= 60; second++) {
            progress = measured(second * 1000L, 100_000);
        }
        assertThat(progress).isEqualTo(new Progress(60_000, 100_000, 1000, 40, 60));
    }

    @Test
    void thePercentageNeverFallsAndEndsAt99() {
        assertThat(measured(50, 100).percent()).isEqualTo(50);
        assertThat(measured(20, 100).percent()).isEqualTo(50);
        assertThat(measured(50, 1000).percent()).isEqualTo(50);
        Progress full = measured(4096, 1000);
        assertThat(full.percent()).isEqualTo(99);
        assertThat(full.bytesDone()).isEqualTo(1000);
    }

    @Test
    void anUnknownTotalPromisesNothing() {
        measured(0, -1);
        assertThat(measured(500, -1)).isEqualTo(new Progress(500, -1, 500, -1, 0));
    }

    private Progress measured(long bytes, long total) {
        clock.pass(Duration.ofSeconds(1));
        return meter.measured(bytes, total, clock.getAsLong());
    }
}
