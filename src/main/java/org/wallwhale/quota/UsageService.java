package org.wallwhale.quota;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.wallwhale.access.ApiKeyUseService;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;

/** How API keys are used, as all instances have written it down. */
@ApplicationScoped
public class UsageService {
    private static final int KEPT_DAYS = 400;
    private UsageRepository usage;
    private ApiKeyUseService keys;
    private ClockRepository clock;

    UsageService() {
    }

    @Inject
    UsageService(UsageRepository usage, ApiKeyUseService keys, ClockRepository clock) {
        this.usage = usage;
        this.keys = keys;
        this.clock = clock;
    }

    /** All of it or nothing. Calls of a key that is gone are forgotten. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void add(UUID key, Map<Use, UsageTally.Count> counts) {
        long requests = counts.values().stream().mapToLong(UsageTally.Count::requests).sum();
        Instant last = counts.values().stream().map(UsageTally.Count::last).max(Instant::compareTo).orElseThrow();
        // first of all, because it locks the key: two instances never add the same row at once
        if (keys.add(key, requests, last)) {
            counts.forEach((use, count) -> usage.add(use, count.requests()));
        }
    }

    /** Both days included; NOT_FOUND for an unknown key. */
    @Transactional
    KeyUsage find(UUID key, LocalDate from, LocalDate until) {
        keys.demand(key);
        return KeyUsage.of(usage.find(key, from, until));
    }

    /** Forgets some of what is older than 400 days; true when there may be more. */
    @NeedsNoRoom
    @Transactional
    public boolean dropSome() {
        LocalDate limit = clock.now().atZone(ZoneOffset.UTC).toLocalDate().minusDays(KEPT_DAYS);
        return usage.deleteBefore(limit, QuotaService.DROPPED_AT_ONCE) == QuotaService.DROPPED_AT_ONCE;
    }
}
