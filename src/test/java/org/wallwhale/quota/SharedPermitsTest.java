package org.wallwhale.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a real Redis. */
class SharedPermitsTest {
    private static final ObjLongConsumer<Grant> UNWANTED = (grant, asked) -> {
        throw new AssertionError("Redis took it: " + grant);
    };
    /** A busy machine is no Redis that does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PASSWORD = "a-secret-of-redis";
    @TempDir
    private Path folder;
    private RedisProcess redis;
    private final List<String> told = new ArrayList<>();
    private final Logger logger = Logger.getLogger(RedisLink.class.getName());
    private final Handler ear = new Handler() {
        @Override
        public synchronized void publish(LogRecord line) {
            told.add(line.getMessage());
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeEach
    void start() throws Exception {
        redis = new RedisProcess(folder, PASSWORD);
        logger.addHandler(ear);
    }

    @AfterEach
    void end() throws Exception {
        logger.removeHandler(ear);
        redis.close();
    }

    /** Counts as the database does, for one window that lasts. */
    private static final class Counted {
        private final AtomicInteger asked = new AtomicInteger();
        private long used;

        synchronized Grant reserve(Share share, long permits) {
            asked.incrementAndGet();
            long left = share.limit() - used;
            long taken = Math.min(permits, left);
            used += taken;
            return new Grant(taken, left - taken, Instant.EPOCH, Duration.ofHours(1).toNanos());
        }
    }

    private static Share share(long limit) {
        return new Share(UUID.randomUUID(), Policy.MINUTE, limit, "minute");
    }

    private static SharedPermits shared(RedisLink link) {
        return new SharedPermits(link, "an-installation", System::nanoTime);
    }

    private RedisLink link() {
        return new RedisLink(redis.url(PASSWORD), System::nanoTime, PATIENCE);
    }

    @Test
    void anyInstanceFindsTheLastPermitAndTheDatabaseIsAskedForTenths() throws Exception {
        Counted database = new Counted();
        Share share = share(100);
        try (RedisLink one = link(); RedisLink other = link()) {
            List<SharedPermits> instances = List.of(shared(one), shared(other));
            for (int i = 0; i < 100; i++) {
                Standing standing = instances.get(i % 3 == 0 ? 0 : 1).take(share, database::reserve, UNWANTED);
                assertThat(standing.granted()).isTrue();
                // what one of the two has not asked for is not told by the other in time
                assertThat(standing.left()).isBetween(0L, 99L - i);
            }
            int asked = database.asked.get();
            for (int i = 0; i < 20; i++) {
                Standing refused = instances.get(i % 2).take(share, database::reserve, UNWANTED);
                assertThat(refused.granted()).isFalse();
                assertThat(refused.left()).isZero();
                assertThat(refused.secondsToReset()).isBetween(3500L, 3600L);
            }
            assertThat(asked).isBetween(10, 12);
            assertThat(database.asked.get() - asked).isBetween(0, 1);
        }
    }

    @Test
    void whatIsGivenBackIsThereForTheOther() throws Exception {
        Counted database = new Counted();
        Share share = share(1);
        try (RedisLink one = link(); RedisLink other = link()) {
            SharedPermits first = shared(one);
            SharedPermits second = shared(other);
            Standing taken = first.take(share, database::reserve, UNWANTED);
            assertThat(second.take(share, database::reserve, UNWANTED).granted()).isFalse();
            first.giveBack(taken);
            assertThat(second.take(share, database::reserve, UNWANTED).granted()).isTrue();
            assertThat(first.take(share, database::reserve, UNWANTED).granted()).isFalse();
        }
    }

    @Test
    void nobodyGetsMoreWhileRedisIsKilledAndComesBack() throws Exception {
        Counted database = new Counted();
        Share share = share(6000);
        AtomicLong granted = new AtomicLong();
        AtomicInteger byDatabase = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (RedisLink one = link(); RedisLink other = link()) {
            List<Future<?>> callers = new ArrayList<>();
            for (RedisLink link : List.of(one, other)) {
                SharedPermits shared = shared(link);
                Allotment alone = new Allotment(share, System::nanoTime);
                Callable<Void> caller = () -> {
                    while (take(shared, alone, share, database, byDatabase).granted()) {
                        granted.incrementAndGet();
                    }
                    return null;
                };
                callers.add(threads.submit(caller));
                callers.add(threads.submit(caller));
            }
            await(() -> granted.get() > 1500);
            redis.kill();
            await(() -> byDatabase.get() > 500);
            redis.start();
            // the permits that Redis held are lost with it, a tenth of the limit at most for each of the two; and each keeps a fiftieth
            for (Future<?> caller : callers) {
                caller.get();
            }
            assertThat(granted.get()).isBetween(6000L - 2 * (600 + 120), 6000L);
            assertThat(database.used).isEqualTo(6000);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whileRedisTakesNothingTheDatabaseIsNotAskedInVainAndItIsToldOnce() throws Exception {
        Counted database = new Counted();
        AtomicLong now = new AtomicLong();
        Share share = share(100);
        try (RedisLink link = new RedisLink(redis.url(PASSWORD), now::get, PATIENCE)) {
            SharedPermits shared = new SharedPermits(link, "an-installation", now::get);
            for (int i = 0; i < 10; i++) {
                assertThat(shared.take(share, database::reserve, UNWANTED).granted()).isTrue();
            }
            redis.tell("CONFIG", "SET", "min-replicas-to-write", "1");
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> shared.take(share, database::reserve, UNWANTED)).isInstanceOf(RedisLink.GoneException.class);
                assertThatThrownBy(() -> shared.take(share(1), database::reserve, UNWANTED)).isInstanceOf(RedisLink.GoneException.class);
                now.addAndGet(Duration.ofSeconds(2).toNanos());
                assertThat(link.takesWrites()).isFalse();
                now.addAndGet(Duration.ofSeconds(2).toNanos());
            }
            assertThat(database.asked).hasValue(1);
            assertThat(told).hasSize(1);
            redis.tell("CONFIG", "SET", "min-replicas-to-write", "0");
            assertThat(link.takesWrites()).isTrue();
        }
    }

    @Test
    void whatRedisRefusesAfterAllIsNotLost() throws Exception {
        Counted database = new Counted();
        Share share = share(1);
        Allotment alone = new Allotment(share, System::nanoTime);
        try (RedisLink link = link()) {
            assertThatThrownBy(() -> shared(link).take(share, (one, permits) -> {
                redis.tell("CONFIG", "SET", "min-replicas-to-write", "1");
                return database.reserve(one, permits);
            }, alone::add)).isInstanceOf(RedisLink.GoneException.class);
        }
        assertThat(alone.take(database::reserve).granted()).isTrue();
        assertThat(alone.take(database::reserve).granted()).isFalse();
    }

    @Test
    void whatRedisFindsOnItsDiskIsNotGivenOutAgain() throws Exception {
        Counted database = new Counted();
        AtomicLong now = new AtomicLong();
        try (RedisLink link = new RedisLink(redis.url(PASSWORD), now::get, PATIENCE)) {
            SharedPermits shared = new SharedPermits(link, "an-installation", now::get);
            Share large = share(1000);
            for (int i = 0; i < 60; i++) {
                assertThat(shared.take(large, database::reserve, UNWANTED).granted()).isTrue();
            }
            redis.tell("SAVE");
            redis.kill();
            redis.start();
            assertThatThrownBy(() -> shared.take(large, database::reserve, UNWANTED)).isInstanceOf(RedisLink.GoneException.class);
            now.addAndGet(Duration.ofSeconds(2).toNanos());
            assertThat(shared.take(large, database::reserve, UNWANTED).granted()).isTrue();
            assertThat(database.asked).as("the 40 that it had saved are left alone").hasValue(2);
            assertThat(redis.tell("DBSIZE")).as("they are still there").isEqualTo(3L);
        }
    }

    @Test
    void twoInstallationsAtOneRedisDoNotMeet() throws Exception {
        Counted database = new Counted();
        Share share = share(10);
        try (RedisLink link = link()) {
            shared(link).take(share, database::reserve, UNWANTED);
            new SharedPermits(link, "another-installation", System::nanoTime).take(share, database::reserve, UNWANTED);
            assertThat(redis.tell("DBSIZE")).as("a key of each, and that of the trial").isEqualTo(3L);
        }
    }

    private static Standing take(SharedPermits shared, Allotment alone, Share share, Counted database, AtomicInteger byDatabase) {
        try {
            return shared.take(share, database::reserve, alone::add);
        } catch (RedisLink.GoneException e) {
            byDatabase.incrementAndGet();
            return alone.take(database::reserve);
        }
    }

    @Test
    void eachChangeIsToldOnceAndNeverThePassword() throws Exception {
        AtomicLong now = new AtomicLong();
        try (RedisLink link = new RedisLink(redis.url(PASSWORD), now::get, PATIENCE)) {
            assertThat(link.run("return {7}", "key", List.of())).isEqualTo(List.of(7L));
            redis.kill();
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> link.run("return {}", "key", List.of())).isInstanceOf(RedisLink.GoneException.class);
                now.addAndGet(Duration.ofSeconds(2).toNanos());
            }
            assertThat(link.isGone()).isTrue();
            redis.start();
            assertThat(link.run("return {}", "key", List.of())).isEmpty();
            assertThat(link.isGone()).isFalse();
        }
        try (RedisLink stranger = new RedisLink(redis.url("wrong-" + PASSWORD), now::get, PATIENCE)) {
            assertThatThrownBy(() -> stranger.run("return {}", "key", List.of())).isInstanceOf(RedisLink.GoneException.class);
        }
        assertThat(told).hasSize(3).noneMatch(line -> line.contains(PASSWORD));
        assertThat(told.get(0)).contains("does not answer as it should");
        assertThat(told.get(1)).contains("answers again");
        assertThat(told.get(2)).contains("WRONGPASS");
    }

    @Test
    void withinASecondAfterAFailureNobodyWaitsForIt() {
        AtomicLong now = new AtomicLong();
        try (RedisLink link = new RedisLink(URI.create("redis://127.0.0.1:1"), now::get, PATIENCE)) {
            assertThatThrownBy(() -> link.run("return {}", "key", List.of())).hasCauseInstanceOf(Exception.class);
            assertThatThrownBy(() -> link.run("return {}", "key", List.of())).hasNoCause();
            now.addAndGet(Duration.ofMillis(1001).toNanos());
            assertThatThrownBy(() -> link.run("return {}", "key", List.of())).hasCauseInstanceOf(Exception.class);
        }
    }

    @Test
    @Timeout(30)
    void oneThatIsSilentIsGoneAndNobodyWaitsForItLong() throws Exception {
        assertThat(RedisLink.PATIENCE).isEqualTo(Duration.ofMillis(100));
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                RedisLink link = new RedisLink(URI.create("redis://127.0.0.1:" + silent.getLocalPort()), System::nanoTime, RedisLink.PATIENCE)) {
            assertThatThrownBy(() -> link.run("return {}", "key", List.of())).isInstanceOf(RedisLink.GoneException.class).hasCauseInstanceOf(Exception.class);
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
