package org.wallwhale.quota;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.access.Caller;
import org.wallwhale.access.LimitService;
import org.wallwhale.access.Limits;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;
import org.wallwhale.problem.Problem;

/** Counts against limits in the database, by the database's clock, so that all instances share one count. */
@ApplicationScoped
public class QuotaService {
    static final int DROPPED_AT_ONCE = 1000;
    private CounterRepository counters;
    private ClockRepository clock;
    private QuotaConfig config;
    private LimitService limits;

    QuotaService() {
    }

    @Inject
    QuotaService(CounterRepository counters, ClockRepository clock, QuotaConfig config, LimitService limits) {
        this.counters = counters;
        this.clock = clock;
        this.config = config;
        this.limits = limits;
    }

    /**
     * Counts one accepted download, in the transaction that accepts it. TOO_MANY_REQUESTS, naming the limit, when the key or its
     * user has none left; nothing is counted then, because that transaction ends.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void chargeDownload(Caller caller) {
        List<Share> shares = Shares.of(caller, config.defaults(), Policy::countsDownloads);
        Instant now = shares.isEmpty() ? null : clock.now();
        for (Share share : shares) {
            Policy.Window window = share.policy().window(now);
            counters.ensure(share.holder(), share.policy(), window.start());
            if (counters.lockedUsed(share.holder(), share.policy(), window.start()) >= share.limit()) {
                throw Problem.TOO_MANY_REQUESTS.overLimit("No more than " + share.limit() + " downloads are accepted a "
                        + (share.policy() == Policy.DOWNLOADS_DAILY ? "day" : "month") + " (UTC).", List.of(share.name()),
                        Duration.between(now, window.end()).plusMillis(999).toSeconds());
            }
            counters.add(share.holder(), share.policy(), window.start(), 1);
        }
    }

    /** Counts as many of {@code wanted} downloads as the user and the key have left, without a request of theirs; says how many. */
    @Transactional(Transactional.TxType.MANDATORY)
    public int chargeDownloads(UUID userId, Optional<UUID> keyId, int wanted) {
        Instant now = clock.now();
        List<Share> shares = Shares.of(userId, limits.ofUser(userId), keyId, keyId.map(limits::ofKey).orElse(Limits.DEFAULTS),
                config.defaults(), Policy::countsDownloads);
        long granted = wanted;
        for (Share share : shares) {
            Policy.Window window = share.policy().window(now);
            counters.ensure(share.holder(), share.policy(), window.start());
            granted = Math.min(granted, Math.max(0, share.limit() - counters.lockedUsed(share.holder(), share.policy(), window.start())));
        }
        for (Share share : shares) {
            counters.add(share.holder(), share.policy(), share.policy().window(now).start(), granted);
        }
        return (int) granted;
    }

    /** How all limits that bind the caller stand, by the counters of all instances. */
    @Transactional
    public List<Usage> usage(Caller caller) {
        Instant now = clock.now();
        return Shares.of(caller, config.defaults(), policy -> true).stream().map(share -> {
            Policy.Window window = share.policy().window(now);
            return new Usage(share.name(), share.limit(), counters.used(share.holder(), share.policy(), window.start()), window.end());
        }).toList();
    }

    /** Takes up to {@code permits} of one limit for this instance, in a transaction of its own. */
    @NeedsNoRoom
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Grant reserve(Share share, long permits) {
        Instant now = clock.now();
        Policy.Window window = share.policy().window(now);
        counters.ensure(share.holder(), share.policy(), window.start());
        long left = Math.max(0, share.limit() - counters.lockedUsed(share.holder(), share.policy(), window.start()));
        long taken = Math.min(permits, left);
        counters.add(share.holder(), share.policy(), window.start(), taken);
        return new Grant(taken, left - taken, window.start(), Duration.between(now, window.end()).toNanos());
    }

    /** Forgets some of the windows that are over for long; true when there may be more. */
    @NeedsNoRoom
    @Transactional
    public boolean dropSome() {
        Instant now = clock.now();
        boolean more = false;
        for (Policy policy : Policy.values()) {
            Instant limit = now.minus(policy == Policy.MINUTE ? 1 : 400, ChronoUnit.DAYS);
            more |= counters.deleteBefore(policy, limit, DROPPED_AT_ONCE) == DROPPED_AT_ONCE;
        }
        return more;
    }
}
