package org.wallwhale.quota;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.wallwhale.access.Caller;

/** Counts requests against the limits of keys and users. */
@ApplicationScoped
class RequestLimits {
    private static final int TIDY_AT = 1_000;
    private final ConcurrentHashMap<Share, Allotment> allotments = new ConcurrentHashMap<>();
    private QuotaService quota;
    private QuotaConfig config;
    private LongSupplier nanoTime;
    private volatile int tidyAt = TIDY_AT;

    RequestLimits() {
    }

    @Inject
    RequestLimits(QuotaService quota, QuotaConfig config) {
        this(quota, config, System::nanoTime);
    }

    RequestLimits(QuotaService quota, QuotaConfig config, LongSupplier nanoTime) {
        this.quota = quota;
        this.config = config;
        this.nanoTime = nanoTime;
    }

    /** Takes one request from every limit that binds the caller, or from none. The last one tells why when it was not granted. */
    List<Standing> take(Caller caller) {
        List<Standing> taken = new ArrayList<>();
        for (Share share : Shares.of(caller, config.defaults(), policy -> !policy.countsDownloads())) {
            Standing standing = allotment(share).take(this::reserve);
            if (!standing.granted()) {
                taken.forEach(other -> allotment(other.share()).giveBack());
                return List.of(standing);
            }
            taken.add(standing);
        }
        return taken;
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
