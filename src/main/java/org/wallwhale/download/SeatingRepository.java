package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The table {@code seat_refusals}, and which seats are in use. */
@ApplicationScoped
class SeatingRepository {
    private EntityManager entities;

    SeatingRepository() {
    }

    @Inject
    SeatingRepository(EntityManager entities) {
        this.entities = entities;
    }

    /** The seats of running downloads but that one, which may be null. */
    Set<UUID> busy(UUID except) {
        List<?> rows = entities.createNativeQuery("select cast(id as varchar), cast(seat_id as varchar) from downloads "
                + "where status = 'RUNNING' and seat_id is not null").getResultList();
        return rows.stream().map(Object[].class::cast).filter(row -> except == null || !row[0].toString().equals(except.toString()))
                .map(row -> UUID.fromString(row[1].toString())).collect(Collectors.toSet());
    }

    boolean isAdministrator(UUID user) {
        return !entities.createNativeQuery("select 1 from users where id = ?1 and role = 'ADMIN'").setParameter(1, user).getResultList().isEmpty();
    }

    Set<UUID> refusals(UUID download) {
        List<?> rows = entities.createNativeQuery("select cast(seat_id as varchar) from seat_refusals where download_id = ?1")
                .setParameter(1, download).getResultList();
        return rows.stream().map(id -> UUID.fromString(id.toString())).collect(Collectors.toSet());
    }

    void refuse(UUID download, UUID seat) {
        if (!refusals(download).contains(seat)) {
            entities.createNativeQuery("insert into seat_refusals (download_id, seat_id) values (?1, ?2)").setParameter(1, download)
                    .setParameter(2, seat).executeUpdate();
        }
    }

    /** Those that wait for a login are looked at again: what they waited for has changed. */
    void startAll() {
        entities.flush();
        entities.createNativeQuery("update downloads set start_at = null where status = 'QUEUED' and needs_login").executeUpdate();
        entities.clear();
    }
}
