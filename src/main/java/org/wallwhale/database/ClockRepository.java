package org.wallwhale.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The database's clock, the only one that leases and states are timed by. */
@ApplicationScoped
public class ClockRepository {
    private static final long READ_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private EntityManager entities;
    private LongSupplier nanoTime;
    private volatile Reading last;

    ClockRepository() {
    }

    @Inject
    public ClockRepository(EntityManager entities) {
        this(entities, System::nanoTime);
    }

    ClockRepository(EntityManager entities, LongSupplier nanoTime) {
        this.entities = entities;
        this.nanoTime = nanoTime;
    }

    private record Reading(Instant now, long nanos) {
    }

    /** Now, in milliseconds, by the database. */
    public Instant now() {
        Object now = entities.createNativeQuery("select now from database_clock").getSingleResult();
        Instant instant = now instanceof OffsetDateTime offset ? offset.toInstant()
                : now instanceof Instant already ? already : ((java.sql.Timestamp) now).toInstant();
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    /** What the database said within the last second, and the time that passed here since: good enough for what is only shown. */
    public Instant estimate() {
        long asked = nanoTime.getAsLong();
        Reading reading = last;
        if (reading == null || asked - reading.nanos() > READ_EVERY_NANOS) {
            reading = new Reading(now(), asked);
            last = reading;
        }
        return reading.now().plusNanos(asked - reading.nanos());
    }
}
