package org.wallwhale.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Limits;
import org.wallwhale.audit.Actor;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.problem.ProblemException;

/** What limits promise on every database. Days are counted, because no test runs into the next one (but for midnight's). */
abstract class QuotaContract {
    private final AtomicLong nanoTime = new AtomicLong();
    private Beans beans;

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        beans = new Beans(open(), Map.of("wallwhale.quota.rate-limit", "0"));
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void twoInstancesTogetherGiveNoMoreThanTheLimitAndNearlyAllOfIt() throws Exception {
        Caller caller = withKey(daily(500), Limits.DEFAULTS);
        List<RequestLimits> instances = List.of(instance(), instance());
        AtomicInteger granted = new AtomicInteger();
        inParallel(1000, i -> {
            if (isGranted(instances.get(i % 2), caller)) {
                granted.incrementAndGet();
            }
        });
        assertThat(granted.get()).isBetween(475, 500);
    }

    @Test
    void aUsersLimitBindsTheSumOfTheUsersKeys() {
        UUID user = UUID.randomUUID();
        Caller one = caller(user, daily(100), Optional.of(daily(8)));
        Caller other = caller(user, daily(100), Optional.of(daily(8)));
        Caller sum = caller(UUID.randomUUID(), daily(10), Optional.of(daily(8)));
        RequestLimits limits = instance();
        assertThat(IntStream.range(0, 20).filter(i -> isGranted(limits, one)).count()).isEqualTo(8);
        assertThat(IntStream.range(0, 20).filter(i -> isGranted(limits, other)).count()).isEqualTo(8);
        Caller sibling = caller(sum.userId(), daily(10), Optional.of(daily(8)));
        assertThat(IntStream.range(0, 20).filter(i -> isGranted(limits, i % 2 == 0 ? sum : sibling)).count()).isEqualTo(10);
    }

    @Test
    void whatOneLimitRefusesCostsTheOthersNothing() {
        Caller caller = caller(UUID.randomUUID(), daily(2), Optional.of(daily(100)));
        RequestLimits limits = instance();
        for (int i = 0; i < 10; i++) {
            limits.take(caller);
        }
        Caller raised = new Caller(caller.actor(), caller.scopes(), false, daily(100), caller.keyLimits(),
                Optional.empty(), Optional.empty(), Optional.empty(), false);
        Standing ofKey = limits.take(raised).get(0);
        assertThat(ofKey.left()).as("of the key's 100, two calls were granted before this one").isEqualTo(97);
    }

    @Test
    void aWindowThatIsOverBringsAllPermitsBack() {
        Caller caller = withKey(new Limits(3, null, null, null, null, null, null), Limits.DEFAULTS);
        RequestLimits limits = instance();
        while (isGranted(limits, caller)) {
            continue;
        }
        Standing refused = limits.take(caller).get(0);
        assertThat(refused.granted()).isFalse();
        assertThat(refused.secondsToReset()).isBetween(1L, 60L);
        nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());
        beans.get(QuotaService.class);
        sql("update usage_counters set window_start = timestamp '2020-01-01 00:00:00'");
        assertThat(isGranted(limits, caller)).isTrue();
    }

    @Test
    void acceptedDownloadsAreCountedExactlyUnderParallelSubmits() throws Exception {
        Limits five = new Limits(null, null, null, 5, null, null, null);
        Caller caller = withKey(five, Limits.DEFAULTS);
        charge(caller);
        AtomicInteger accepted = new AtomicInteger(1);
        inParallel(30, i -> {
            try {
                charge(caller);
                accepted.incrementAndGet();
            } catch (ProblemException e) {
                assertThat(e.overLimit().orElseThrow().policies()).containsExactly("downloads-daily");
                assertThat(e.overLimit().orElseThrow().retryAfterSeconds()).isBetween(1L, 86_400L);
            }
        });
        assertThat(accepted.get()).isEqualTo(5);
    }

    @Test
    void aSubmitThatIsRolledBackIsNotCounted() throws Exception {
        Caller caller = withKey(new Limits(null, null, null, 1, null, null, null), Limits.DEFAULTS);
        assertThatThrownBy(() -> beans.transaction(() -> {
            beans.get(QuotaService.class).chargeDownload(caller);
            throw new IllegalStateException("not accepted");
        })).hasMessage("not accepted");
        charge(caller);
    }

    @Test
    void whoHasNoLimitIsNotCounted() {
        assertThat(instance().take(withKey(Limits.DEFAULTS, Limits.DEFAULTS))).isEmpty();
    }

    @Test
    void oldWindowsAreForgottenInStepsAndNewOnesStay() throws Exception {
        charge(withKey(new Limits(null, null, null, 5, null, null, null), Limits.DEFAULTS));
        for (int window = 0; window <= QuotaService.DROPPED_AT_ONCE; window++) {
            sql("insert into usage_counters (holder, policy, window_start, used) values ('" + UUID.randomUUID()
                    + "', 'MINUTE', timestamp '2020-01-01 00:00:00', 1)");
        }
        assertThat(beans.get(QuotaService.class).dropSome()).as("there is more").isTrue();
        assertThat(beans.get(QuotaService.class).dropSome()).isFalse();
        assertThat(beans.<Number>transaction(() -> (Number) beans.get(jakarta.persistence.EntityManager.class)
                .createNativeQuery("select count(*) from usage_counters").getSingleResult()).intValue()).isOne();
    }

    private void charge(Caller caller) throws Exception {
        beans.transaction(() -> {
            beans.get(QuotaService.class).chargeDownload(caller);
            return null;
        });
    }

    private RequestLimits instance() {
        return new RequestLimits(beans.get(QuotaService.class), beans.get(QuotaConfig.class), nanoTime::get);
    }

    private static boolean isGranted(RequestLimits limits, Caller caller) {
        return limits.take(caller).stream().allMatch(Standing::granted);
    }

    private static Limits daily(int limit) {
        return new Limits(null, limit, null, null, null, null, null);
    }

    private static Caller withKey(Limits ofKey, Limits ofUser) {
        return caller(UUID.randomUUID(), ofUser, Optional.of(ofKey));
    }

    private static Caller caller(UUID user, Limits ofUser, Optional<Limits> ofKey) {
        return new Caller(Actor.stranger("192.0.2.1", "r").as(user, ofKey.map(key -> UUID.randomUUID())), Set.of(), false, ofUser, ofKey,
                Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    private void sql(String statement) {
        try {
            beans.transaction(() -> beans.get(jakarta.persistence.EntityManager.class).createNativeQuery(statement).executeUpdate());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private interface Deed {
        void run(int number) throws Exception;
    }

    private static void inParallel(int times, Deed deed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> tasks = IntStream.range(0, times).<Callable<Void>>mapToObj(i -> () -> {
                deed.run(i);
                return null;
            }).toList();
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
