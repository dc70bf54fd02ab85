package org.wallwhale.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.wallwhale.engine.Retry;

class BackoffTest {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final RandomGenerator LEAST = () -> 0;

    @ParameterizedTest
    @CsvSource({"1, 10", "2, 20", "3, 40", "9, 2560", "10, 3600", "100, 3600", "2147483647, 3600"})
    void theWaitDoublesUpToAnHour(int attempt, long seconds) {
        assertThat(Backoff.after(Retry.BACKOFF, attempt, FIRST, LEAST)).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void chanceAddsUpToAFifth() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 1000; round++) {
            assertThat(Backoff.after(Retry.BACKOFF, 1, FIRST, random).orElseThrow()).as("seed " + seed)
                    .isBetween(FIRST, Duration.ofSeconds(12));
        }
        assertThat(Backoff.after(Retry.BACKOFF, 1, FIRST, () -> -1L).orElseThrow()).isGreaterThan(Duration.ofMillis(11_900));
    }

    @Test
    void withoutAFirstWaitThereIsNone() {
        assertThat(Backoff.after(Retry.BACKOFF, 5, Duration.ZERO, new Random(1))).contains(Duration.ZERO);
    }

    @Test
    void someFailuresWaitAnHourAtOnce() {
        assertThat(Backoff.after(Retry.LONG_WAIT, 1, FIRST, LEAST)).contains(Duration.ofHours(1));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"BACKOFF", "LONG_WAIT"})
    void whereARetryCannotHelpThereIsNone(Retry retry) {
        assertThat(Backoff.after(retry, 1, FIRST, LEAST)).isEmpty();
    }
}
