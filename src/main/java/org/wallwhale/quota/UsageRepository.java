package org.wallwhale.quota;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** The table {@code key_usage}: calls by key, UTC day and endpoint. */
@ApplicationScoped
class UsageRepository {
    private EntityManager entities;

    UsageRepository() {
    }

    @Inject
    UsageRepository(EntityManager entities) {
        this.entities = entities;
    }

    /** The key must be locked: of two that add the same row at once, one would fail. */
    void add(Use use, long requests) {
        if (executed("update key_usage set requests = requests + ?4 where key_id = cast(?1 as uuid) and utc_day = cast(?2 as date) "
                + "and endpoint = ?3", use, requests) == 0) {
            executed("insert into key_usage (key_id, utc_day, endpoint, requests) values (cast(?1 as uuid), cast(?2 as date), ?3, ?4)",
                    use, requests);
        }
    }

    private int executed(String statement, Use use, long requests) {
        return entities.createNativeQuery(statement).setParameter(1, use.key().toString()).setParameter(2, use.day().toString())
                .setParameter(3, use.endpoint()).setParameter(4, requests).executeUpdate();
    }

    /** Both days included. By day, then by endpoint. */
    List<KeyUsage.Entry> find(UUID key, LocalDate from, LocalDate until) {
        List<?> rows = entities.createNativeQuery("""
                select cast(utc_day as varchar), endpoint, requests from key_usage
                where key_id = cast(?1 as uuid) and utc_day between cast(?2 as date) and cast(?3 as date) order by utc_day, endpoint""")
                .setParameter(1, key.toString()).setParameter(2, from.toString()).setParameter(3, until.toString()).getResultList();
        return rows.stream().map(row -> (Object[]) row)
                .map(row -> new KeyUsage.Entry((String) row[0], (String) row[1], ((Number) row[2]).longValue())).toList();
    }

    /** Of what is older than {@code day}, the oldest; returns how many rows. */
    int deleteBefore(LocalDate day, int limit) {
        return entities.createNativeQuery("""
                delete from key_usage where (key_id, utc_day, endpoint) in (select key_id, utc_day, endpoint from key_usage
                where utc_day < cast(?1 as date) order by utc_day limit ?2)""").setParameter(1, day.toString()).setParameter(2, limit)
                .executeUpdate();
    }
}
