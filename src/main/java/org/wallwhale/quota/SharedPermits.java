package org.wallwhale.quota;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * Permits that the database has given out for all instances together, in Redis: there they are taken one by one, so that each instance
 * finds the last one, and the database is asked once for every tenth of a limit, and once by each instance for each window. Redis never
 * holds more than the database counts as used; whatever becomes of Redis, nobody gets more than their share.
 */
final class SharedPermits {
    private static final int BATCHES = 10;
    private static final int TIDY_AT = 1_000;
    /** Keys of windows that are over are asked for by nobody. */
    private static final long KEPT_MILLIS = 60_000;
    /** Answers permits taken (1 or 0), permits left, and what the database has left; or nothing where nothing is known. */
    private static final String TAKE = """
            local held = redis.call('HMGET', KEYS[1], 'permits', 'unclaimed')
            if not held[1] then return {} end
            local permits = tonumber(held[1])
            if permits > 0 then return {1, redis.call('HINCRBY', KEYS[1], 'permits', -1), tonumber(held[2])} end
            return {0, 0, tonumber(held[2])}
            """;
    private static final String ADD = """
            redis.call('HSET', KEYS[1], 'unclaimed', ARGV[2])
            redis.call('HINCRBY', KEYS[1], 'permits', ARGV[1])
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            return {}
            """;
    private static final String GIVE_BACK = """
            if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HINCRBY', KEYS[1], 'permits', 1) end
            return {}
            """;
    private final ConcurrentHashMap<Share, Pool> pools = new ConcurrentHashMap<>();
    private final RedisLink redis;
    private final LongSupplier nanoTime;
    private volatile int tidyAt = TIDY_AT;

    SharedPermits(RedisLink redis, LongSupplier nanoTime) {
        this.redis = redis;
        this.nanoTime = nanoTime;
    }

    /** Takes one permit if there is one; {@code database} is {@link QuotaService#reserve}. */
    Standing take(Share share, BiFunction<Share, Long, Grant> database) throws RedisLink.GoneException {
        if (pools.size() > tidyAt) {
            pools.values().removeIf(pool -> !pool.isOpen(pool.window));
            tidyAt = Math.max(TIDY_AT, 2 * pools.size());
        }
        return pools.computeIfAbsent(share, Pool::new).take(database);
    }

    /** Gives a permit back that another limit made useless; to the window that it is from, or to nobody. */
    void giveBack(Standing taken) {
        Pool pool = pools.get(taken.share());
        Window now = pool == null ? null : pool.window;
        try {
            // of a window that began since then, more time would be left
            if (now != null && pool.isOpen(now) && now.end - nanoTime.getAsLong() <= taken.nanosToReset()) {
                redis.run(GIVE_BACK, pool.key(now), List.of());
            }
        } catch (RedisLink.GoneException e) {
            // one permit fewer in this window
        }
    }

    /** As the database told it. {@code end} is by this instance's clock, and never later than the window's. */
    private record Window(Instant start, long end) {
    }

    private final class Pool {
        private final Share share;
        private volatile Window window;

        Pool(Share share) {
            this.share = share;
        }

        Standing take(BiFunction<Share, Long, Grant> database) throws RedisLink.GoneException {
            Standing standing = taken();
            return standing != null ? standing : fetched(database);
        }

        /** One at a time: those who waited find what the first one fetched. */
        private synchronized Standing fetched(BiFunction<Share, Long, Grant> database) throws RedisLink.GoneException {
            Standing standing = taken();
            while (standing == null) {
                long asked = nanoTime.getAsLong();
                Grant grant = database.apply(share, Math.max(1, share.limit() / BATCHES));
                window = new Window(grant.windowStart(), asked + grant.windowEndsInNanos());
                long left = TimeUnit.NANOSECONDS.toMillis(grant.windowEndsInNanos());
                redis.run(ADD, key(window), List.of(String.valueOf(grant.permits()), String.valueOf(grant.unclaimed()),
                        String.valueOf(left + KEPT_MILLIS)));
                standing = taken();
            }
            return standing;
        }

        /** Null when the database has to be asked. */
        private Standing taken() throws RedisLink.GoneException {
            Window now = window;
            if (!isOpen(now)) {
                return null;
            }
            List<?> answer = redis.run(TAKE, key(now), List.of());
            if (answer.isEmpty() || number(answer, 0) == 0 && number(answer, 2) > 0) {
                return null;
            }
            return new Standing(share, number(answer, 0) > 0, number(answer, 1) + number(answer, 2), Math.max(0, now.end - nanoTime.getAsLong()));
        }

        boolean isOpen(Window one) {
            return one != null && nanoTime.getAsLong() - one.end < 0;
        }

        /** A limit that is changed is another one, as it is for an instance by itself. */
        String key(Window one) {
            return "wallwhale:permits:" + share.holder() + ':' + share.policy().wireName() + ':' + share.limit() + ':' + one.start;
        }
    }

    private static long number(List<?> answer, int place) {
        return ((Number) answer.get(place)).longValue();
    }
}
