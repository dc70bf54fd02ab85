package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Wrong passwords for accounts that there are, in the memory and by the clock of this instance until they are written down for
 * their owners. That is not done at each of them: who guesses must neither slow the database, nor learn from the time it takes
 * which accounts there are. Past {@value #MOST} accounts, others are left out.
 */
@ApplicationScoped
public class FailedLoginTally {
    static final int MOST = 10_000;
    private static final Logger LOG = System.getLogger(FailedLoginTally.class.getName());
    private FailedLoginService service;
    private Map<UUID, Count> counts = new HashMap<>();

    FailedLoginTally() {
    }

    @Inject
    FailedLoginTally(FailedLoginService service) {
        this.service = service;
    }

    /** {@code last} is the time of the latest. */
    record Count(int number, Instant last) {
        Count plus(Count other) {
            return new Count(number + other.number, last.isAfter(other.last) ? last : other.last);
        }
    }

    void count(UUID user) {
        add(user, new Count(1, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    }

    /** Brings all into the database. What cannot be written waits for the next time. Never throws. */
    public void write() {
        write(takeAll());
    }

    /** As {@link #write()}, of one user. */
    void write(UUID user) {
        Count count = take(user);
        write(count == null ? Map.of() : Map.of(user, count));
    }

    private void write(Map<UUID, Count> taken) {
        if (taken.isEmpty()) {
            return;
        }
        try {
            service.add(taken);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Failed logins could not be written down; it is tried again: " + e);
            taken.forEach(this::add);
        }
    }

    private synchronized void add(UUID user, Count count) {
        if (counts.size() < MOST || counts.containsKey(user)) {
            counts.merge(user, count, Count::plus);
        }
    }

    private synchronized Count take(UUID user) {
        return counts.remove(user);
    }

    private synchronized Map<UUID, Count> takeAll() {
        Map<UUID, Count> taken = counts;
        counts = new HashMap<>();
        return taken;
    }
}
