package org.wallwhale.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** The database's clock, the only one that leases and states are timed by. */
@ApplicationScoped
public class ClockRepository {
    private EntityManager entities;

    ClockRepository() {
    }

    @Inject
    public ClockRepository(EntityManager entities) {
        this.entities = entities;
    }

    /** Now, in milliseconds, by the database. */
    public Instant now() {
        Object now = entities.createNativeQuery("select now from database_clock").getSingleResult();
        Instant instant = now instanceof OffsetDateTime offset ? offset.toInstant()
                : now instanceof Instant already ? already : ((java.sql.Timestamp) now).toInstant();
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
