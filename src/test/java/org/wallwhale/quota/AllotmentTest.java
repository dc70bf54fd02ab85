package org.wallwhale.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Limits;
import org.wallwhale.audit.Actor;
import org.wallwhale.config.Settings;

class AllotmentTest {
    @Test
    void whoWaitsForTheDatabaseKeepsNobodyWaitingWhoTidies() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        Allotment allotment = new Allotment(new Share(UUID.randomUUID(), Policy.MINUTE, 10, "minute"), () -> 0);
        CompletableFuture<Standing> waits = CompletableFuture.supplyAsync(() -> allotment.take((share, permits) -> {
            asked.countDown();
            await(answers);
            return new Grant(1, 9, Instant.EPOCH, 1);
        }));
        asked.await();
        assertThat(CompletableFuture.supplyAsync(allotment::isOver).get(1, TimeUnit.MINUTES)).isTrue();
        answers.countDown();
        assertThat(waits.get().granted()).isTrue();
        assertThat(allotment.isOver()).isFalse();
    }

    @Test
    void aCallLooksAtNoMoreThanAFewOfManyAllotments() {
        AtomicLong looks = new AtomicLong();
        RequestLimits limits = new RequestLimits(new QuotaService() {
            @Override
            Grant reserve(Share share, long permits) {
                return new Grant(permits, share.limit(), Instant.EPOCH, Long.MAX_VALUE / 2);
            }
        }, new QuotaConfig(new Settings(key -> Optional.of("0"))), looks::incrementAndGet);
        int callers = 5_000;
        for (int i = 0; i < callers; i++) {
            assertThat(limits.take(caller()).get(0).granted()).isTrue();
        }
        assertThat(looks.get()).isLessThan(20L * callers);
    }

    private static Caller caller() {
        return new Caller(Actor.stranger("192.0.2.1", "r").as(UUID.randomUUID(), Optional.empty()), Set.of(), false,
                new Limits(null, null, 1_000, null, null, null, null), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
