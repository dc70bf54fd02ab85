package org.wallwhale.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClockRepositoryTest {
    private final TestDatabase database = TestDatabase.h2();
    private long nanos;
    private final ClockRepository clock = new ClockRepository(database.reader(), () -> nanos);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void forASecondTheEstimateGoesOnFromWhatTheDatabaseSaid() {
        Instant before = clock.now();
        Instant first = clock.estimate();
        assertThat(first).isBetween(before, clock.now());
        nanos += Duration.ofSeconds(1).toNanos();
        assertThat(clock.estimate()).isEqualTo(first.plusSeconds(1));
    }

    @Test
    void afterASecondTheDatabaseIsAskedAgain() {
        Instant first = clock.estimate();
        nanos += Duration.ofDays(1).toNanos();
        assertThat(clock.estimate()).isBetween(first, clock.now());
    }
}
