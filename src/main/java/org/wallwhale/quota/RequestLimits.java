package org.wallwhale.quota;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.wallwhale.access.Caller;
import org.wallwhale.config.DataFolder;

/** Counts requests against the limits of keys and users, in the database, and with a Redis in between if there is one. */
@ApplicationScoped
public class RequestLimits {
    private static final int TIDY_AT = 1_000;
    private final ConcurrentHashMap<Share, Allotment> allotments = new ConcurrentHashMap<>();
    private QuotaService quota;
    private QuotaConfig config;
    private LongSupplier nanoTime;
    private RedisLink redis;
    private SharedPermits shared;
    private volatile int tidyAt = TIDY_AT;

    RequestLimits() {
    }

    @Inject
    RequestLimits(QuotaService quota, QuotaConfig config, RedisConfig redis, DataFolder data) {
        this(quota, config, System::nanoTime);
        redis.url().ifPresent(url -> share(new RedisLink(url, nanoTime, RedisLink.PATIENCE), data.makeId()));
    }

    RequestLimits(QuotaService quota, QuotaConfig config, LongSupplier nanoTime) {
        this.quota = quota;
        this.config = config;
        this.nanoTime = nanoTime;
    }

    /** From now on together with all instances of one installation that use the same Redis, as long as it answers. */
    void share(RedisLink link, String installation) {
        redis = link;
        shared = new SharedPermits(link, installation, nanoTime);
    }

    /** Whether there is to be a Redis in between. */
    public boolean isShared() {
        return shared != null;
    }

    /** The Redis that is to be used and does not take what it is given; it is asked, unless it failed within the last second. */
    public Optional<String> missingRedis() {
        return redis == null || redis.takesWrites() ? Optional.empty() : Optional.of(redis.name());
    }

    @PreDestroy
    void close() {
        if (redis != null) {
            redis.close();
        }
    }

    /** Takes one request from every limit that binds the caller, or from none. The last one tells why when it was not granted. */
    List<Standing> take(Caller caller) {
        List<Standing> taken = new ArrayList<>();
        for (Share share : Shares.of(caller, config.defaults(), policy -> !policy.countsDownloads())) {
            Standing standing = take(share);
            if (!standing.granted()) {
                taken.forEach(this::giveBack);
                return List.of(standing);
            }
            taken.add(standing);
        }
        return taken;
    }

    private Standing take(Share share) {
        if (shared != null) {
            try {
                return shared.take(share, this::reserve, (grant, asked) -> allotment(share).add(grant, asked));
            } catch (RedisLink.GoneException e) {
                // by ourselves, as without Redis
            }
        }
        return allotment(share).take(this::reserve);
    }

    /** Where it was taken, or, when Redis went or came meanwhile, where it is of use. */
    private void giveBack(Standing taken) {
        if (shared != null && !redis.isGone()) {
            shared.giveBack(taken);
        } else {
            allotment(taken.share()).giveBack();
        }
    }

    /** Once more where two instances began the same window at the same moment, of which one fails. */
    private Grant reserve(Share share, long permits) {
        try {
            return quota.reserve(share, permits);
        } catch (RuntimeException e) {
            return quota.reserve(share, permits);
        }
    }

    private Allotment allotment(Share share) {
        if (allotments.size() > tidyAt) {
            allotments.values().removeIf(Allotment::isOver);
            // those of months stay for long: a look at all of them with each call would cost more than the calls
            tidyAt = Math.max(TIDY_AT, 2 * allotments.size());
        }
        return allotments.computeIfAbsent(share, one -> new Allotment(one, nanoTime));
    }
}
