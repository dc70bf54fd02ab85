package org.wallwhale.health;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.concurrent.ContextService;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final Health health = new Health();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile CountDownLatch disk = new CountDownLatch(0);
    private final CountDownLatch hangs = new CountDownLatch(2);

    /** Parts that are well, and a disk that answers when the test wants it. */
    @BeforeEach
    void wellParts() throws ReflectiveOperationException {
        give("database", new DatabaseCheck() {
            @Override
            Check look() {
                return well("database");
            }
        });
        give("storage", new StorageCheck() {
            @Override
            Check look() {
                looks.incrementAndGet();
                hangs.countDown();
                try {
                    disk.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return well("storage");
            }
        });
        give("engine", new EngineCheck() {
            @Override
            Check look() {
                return well("engine");
            }
        });
        give("accounts", new AccountsCheck() {
            @Override
            Check look() {
                return well("accounts");
            }
        });
        give("certificate", new CertificateCheck() {
            @Override
            Optional<Check> look() {
                return Optional.empty();
            }
        });
        give("redis", new RedisCheck() {
            @Override
            Optional<Check> look() {
                return Optional.empty();
            }
        });
        // There is but one application here: what runs as it runs as it is.
        give("contexts", Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ContextService.class}, (context, method, task) -> task[0]));
        health.started();
    }

    private static Check well(String name) {
        return Check.of(name, Map.of(), List.of());
    }

    private void give(String name, Object check) throws ReflectiveOperationException {
        Field field = Health.class.getDeclaredField(name);
        field.setAccessible(true);
        field.set(health, check);
    }

    /** As if the last look had been so long ago. */
    private void age(int seconds) throws ReflectiveOperationException {
        Field seen = Health.class.getDeclaredField("seen");
        seen.setAccessible(true);
        Object known = seen.get(health);
        var make = known.getClass().getDeclaredConstructors()[0];
        make.setAccessible(true);
        seen.set(health, make.newInstance(List.of(well("storage")), System.nanoTime() - TimeUnit.SECONDS.toNanos(seconds)));
    }

    @Test
    void whoAsksOftenMakesOneLook() {
        for (int time = 0; time < 100; time++) {
            assertThat(health.ready().isUp()).isTrue();
        }
        assertThat(looks.get()).isBetween(1, 2);
    }

    @Test
    void aDiskThatHangsIsToldToAllButTheOneWhoLooks() throws Exception {
        assertThat(health.ready().isUp()).isTrue();
        disk = new CountDownLatch(1);
        age(2);
        CompletableFuture<HealthView> waits = CompletableFuture.supplyAsync(health::ready);
        assertThat(hangs.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(health.ready().isUp()).as("it may be only slow").isTrue();
        age(11);
        assertThat(health.ready().isUp()).isFalse();
        assertThat(health.ready().checks()).extracting(Check::name).contains("storage");
        disk.countDown();
        assertThat(waits.get(60, TimeUnit.SECONDS).isUp()).isTrue();
    }
}
