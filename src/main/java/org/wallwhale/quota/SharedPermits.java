package org.wallwhale.quota;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;

/**
 * Permits that the database has given out for all instances together, in Redis: there they are taken one by one, so that each instance
 * finds the last one, and the database is asked once for every tenth of a limit, and once by each instance for each window. Redis never
 * holds more than the database counts as used. What a Redis brings back from its disk or took over from another may have been taken in the
 * meantime, so that keys are of one life of one Redis; nobody gets more than their share.
 */
final class SharedPermits {
    private static final int BATCHES = 10;
    private static final int TIDY_AT = 1_000;
    /** Keys of windows that are over are asked for by nobody. */
    private static final long KEPT_MILLIS = 60_000;
    private static final String KEY = """
            local key = KEYS[1] .. ':' .. string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
            """;
    /** Answers permits taken (1 or 0), permits left, and what the database has left; or nothing where nothing is known. */
    private static final String TAKE = KEY + """
            local held = redis.call('HMGET', key, 'permits', 'unclaimed')
            if not held[1] then return {} end
            local permits = tonumber(held[1])
            if permits > 0 then return {1, redis.call('HINCRBY', key, 'permits', -1), tonumber(held[2])} end
            return {0, 0, tonumber(held[2])}
            """;
    private static final String ADD = KEY + """
            redis.call('HSET', key, 'unclaimed', ARGV[2])
            redis.call('HINCRBY', key, 'permits', ARGV[1])
            redis.call('PEXPIRE', key, ARGV[3])
            return {}
            """;
    private static final String GIVE_BACK = KEY + """
            if redis.call('EXISTS', key) == 1 then redis.call('HINCRBY', key, 'permits', 1) end
            return {}
            """;
    private final ConcurrentHashMap<Share, Pool> pools = new ConcurrentHashMap<>();
    private final RedisLink redis;
    private final String installation;
    private final LongSupplier nanoTime;
    private volatile int tidyAt = TIDY_AT;

    /** {@code installation} tells those apart that use one Redis. */
    SharedPermits(RedisLink redis, String installation, LongSupplier nanoTime) {
        this.redis = redis;
        this.installation = installation;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes one permit if there is one.
     *
     * @param database {@link QuotaService#reserve}; not asked unless Redis takes what it gives
     * @param unshared gets what the database gave when Redis refused it after all, and the nanosecond before it was asked
     */
    Standing take(Share share, BiFunction<Share, Long, Grant> database, ObjLongConsumer<Grant> unshared) throws RedisLink.GoneException {
        if (pools.size() > tidyAt) {
            pools.values().removeIf(pool -> !pool.isOpen(pool.window));
            tidyAt = Math.max(TIDY_AT, 2 * pools.size());
        }
        return pools.computeIfAbsent(share, Pool::new).take(database, unshared);
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

        Standing take(BiFunction<Share, Long, Grant> database, ObjLongConsumer<Grant> unshared) throws RedisLink.GoneException {
            Standing standing = taken();
            return standing != null ? standing : fetched(database, unshared);
        }

        /** One at a time: those who waited find what the first one fetched. */
        private synchronized Standing fetched(BiFunction<Share, Long, Grant> database, ObjLongConsumer<Grant> unshared)
                throws RedisLink.GoneException {
            Standing standing = taken();
            while (standing == null) {
                redis.demandWrites();
                long asked = nanoTime.getAsLong();
                Grant grant = database.apply(share, Math.max(1, share.limit() / BATCHES));
                window = new Window(grant.windowStart(), asked + grant.windowEndsInNanos());
                try {
                    add(grant);
                } catch (RedisLink.GoneException e) {
                    if (e.isUndone()) {
                        unshared.accept(grant, asked);
                    }
                    throw e;
                }
                standing = taken();
            }
            return standing;
        }

        private void add(Grant grant) throws RedisLink.GoneException {
            long left = TimeUnit.NANOSECONDS.toMillis(grant.windowEndsInNanos());
            redis.run(ADD, key(window), List.of(String.valueOf(grant.permits()), String.valueOf(grant.unclaimed()), String.valueOf(left + KEPT_MILLIS)));
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
            return "wallwhale:permits:" + installation + ':' + share.holder() + ':' + share.policy().wireName() + ':' + share.limit() + ':' + one.start;
        }
    }

    private static long number(List<?> answer, int place) {
        return ((Number) answer.get(place)).longValue();
    }
}
