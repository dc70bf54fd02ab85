package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void end() {
        timers.shutdownNow();
    }

    @Test
    void whoWaitsLongerIsInterruptedAndAfterwardsNoLonger() {
        try (Deadline deadline = new Deadline(timers, Duration.ofMillis(1))) {
            assertThatThrownBy(() -> new CountDownLatch(1).await(1, TimeUnit.MINUTES)).isInstanceOf(InterruptedException.class);
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whoIsDoneInTimeIsLeftAlone() throws InterruptedException {
        CountDownLatch rung = new CountDownLatch(1);
        try (Deadline deadline = new Deadline(timers, Duration.ofMillis(50))) {
            timers.schedule(rung::countDown, 50, TimeUnit.MILLISECONDS);
        }
        rung.await();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
