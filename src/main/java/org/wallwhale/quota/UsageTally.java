package org.wallwhale.quota;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Calls by API keys that are not in the database yet, in the memory and by the clock of this instance. Past {@value #MOST}
 * entries only the endpoints run together; no call is left out.
 */
@ApplicationScoped
class UsageTally {
    static final int MOST = 10_000;
    private Map<Use, Count> counts = new HashMap<>();

    /** {@code last} is the time of the latest call. */
    record Count(long requests, Instant last) {
        Count plus(Count other) {
            return new Count(requests + other.requests, last.isAfter(other.last) ? last : other.last);
        }
    }

    synchronized void count(UUID key, String endpoint, Instant now) {
        add(new Use(key, now.atZone(ZoneOffset.UTC).toLocalDate(), endpoint), new Count(1, now));
    }

    /** Everything so far: whoever takes it writes it down or gives it back. */
    synchronized Map<Use, Count> take() {
        Map<Use, Count> taken = counts;
        counts = new HashMap<>();
        return taken;
    }

    synchronized void giveBack(Map<Use, Count> taken) {
        taken.forEach(this::add);
    }

    private void add(Use use, Count count) {
        boolean fits = counts.size() < MOST || counts.containsKey(use);
        counts.merge(fits ? use : new Use(use.key(), use.day(), Use.OTHER), count, Count::plus);
    }
}
