package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.wallwhale.steam.SeatQueries;

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

    /** Those of {@code users} that are. */
    Set<UUID> administrators(Collection<UUID> users) {
        return ids(users, "select cast(id as varchar), cast(id as varchar) from users where role = 'ADMIN' and id in (").keySet();
    }

    /** By download; without those that no seat refused. */
    Map<UUID, Set<UUID>> refusals(Collection<UUID> downloads) {
        return ids(downloads, "select cast(download_id as varchar), cast(seat_id as varchar) from seat_refusals where download_id in (");
    }

    private Map<UUID, Set<UUID>> ids(Collection<UUID> keys, String question) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Query query = entities.createNativeQuery(question + IntStream.rangeClosed(1, keys.size()).mapToObj(place -> "?" + place)
                .collect(Collectors.joining(", ")) + ")");
        int place = 1;
        for (UUID key : keys) {
            query.setParameter(place++, key);
        }
        return ((List<?>) query.getResultList()).stream().map(Object[].class::cast).collect(Collectors.groupingBy(
                row -> UUID.fromString(row[0].toString()), Collectors.mapping(row -> UUID.fromString(row[1].toString()), Collectors.toSet())));
    }

    void refuse(UUID download, UUID seat) {
        if (!refusals(Set.of(download)).getOrDefault(download, Set.of()).contains(seat)) {
            entities.createNativeQuery("insert into seat_refusals (download_id, seat_id) values (?1, ?2)").setParameter(1, download)
                    .setParameter(2, seat).executeUpdate();
        }
    }

    /** Those that wait for a login are looked at again: what they waited for has changed. */
    void startAll() {
        entities.flush();
        entities.createNativeQuery("update downloads set start_at = null where status = 'QUEUED' and needs_login and start_at is not null").executeUpdate();
        entities.clear();
    }

    /** Writes what it waits for, as seats stand now. The caller holds the claims' lock, here and below. */
    void sort(UUID download) {
        sort(" and d.id = ?1", download);
    }

    /** As {@link #sort}, of those for which this user names an account. */
    void sortOf(UUID user) {
        sort(" and d.user_id = ?1 and d.account_name is not null", user);
    }

    /** As {@link #sort}, of all; it writes those for which that has changed. */
    void sortAll() {
        sort("", null);
    }

    private void sort(String which, UUID id) {
        entities.flush();
        Query query = entities.createNativeQuery("update downloads d set waits_for = " + SeatQueries.WAITS_FOR
                + " where d.status = 'QUEUED' and (d.needs_login or d.waits_for <> '') and d.waits_for <> " + SeatQueries.WAITS_FOR + which);
        if (id != null) {
            query.setParameter(1, id);
        }
        query.executeUpdate();
        entities.clear();
    }
}
