package org.wallwhale.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.wallwhale.metrics.Loop;

class RepeatedTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private final AtomicInteger times = new AtomicInteger();
    private final Semaphore entered = new Semaphore(0);
    private final Semaphore mayLeave = new Semaphore(0);

    @Test
    void whateverATaskThrowsItRunsAgain() {
        Repeated repeated = new Repeated(Duration.ofMillis(1), new Loop("try", () -> {
            if (times.incrementAndGet() < 3) {
                throw new StackOverflowError("of a test");
            }
            entered.release();
        }));
        CompletableFuture<Void> thread = CompletableFuture.runAsync(repeated);
        entered.acquireUninterruptibly();
        repeated.end(NEVER);
        assertThat(thread.orTimeout(30, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void manyWakeUpsDuringOneRunMakeOneMore() {
        Repeated repeated = new Repeated(NEVER, new Loop("try", () -> {
            times.incrementAndGet();
            entered.release();
            mayLeave.acquireUninterruptibly();
        }));
        CompletableFuture<Void> thread = CompletableFuture.runAsync(repeated);
        entered.acquireUninterruptibly();
        for (int i = 0; i < 100; i++) {
            repeated.wake();
        }
        mayLeave.release();
        entered.acquireUninterruptibly();
        mayLeave.release(100);
        repeated.end(NEVER);
        thread.join();
        assertThat(times).hasValue(2);
    }
}
