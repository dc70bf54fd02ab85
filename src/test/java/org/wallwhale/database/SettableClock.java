package org.wallwhale.database;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;

/** The database's clock, moved on by hand. */
public final class SettableClock extends ClockRepository {
    private final Instant start = Instant.parse("2026-01-31T12:00:00Z");
    private Instant now = start;

    public SettableClock(EntityManager entities) {
        super(entities);
    }

    public void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Instant estimate() {
        return now;
    }
}
