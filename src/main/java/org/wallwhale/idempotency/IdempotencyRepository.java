package org.wallwhale.idempotency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The table {@code idempotency_keys}. */
@ApplicationScoped
class IdempotencyRepository {
    /** In UTF-16 characters, of which the column has as many code points. */
    static final int LONGEST_ANSWER = 1_000_000;

    /** A row, locked. Both are null while there is no answer that still counts. */
    record Place(String requestHash, String answer) {
    }

    private EntityManager entities;

    IdempotencyRepository() {
    }

    @Inject
    IdempotencyRepository(EntityManager entities) {
        this.entities = entities;
    }

    /** Does nothing when the row is there; of two that add it at once, one fails. */
    void ensure(String id, Instant now) {
        entities.createNativeQuery("""
                insert into idempotency_keys (id, used_at) select cast(?1 as varchar), cast(?2 as timestamp with time zone)
                where not exists (select 1 from idempotency_keys where id = ?1)""")
                .setParameter(1, id).setParameter(2, now.atOffset(ZoneOffset.UTC)).executeUpdate();
    }

    /** Locks the row until the transaction ends; empty at once when somebody else holds it. An answer counts since {@code since}. */
    Optional<Place> lock(String id, Instant since) {
        List<?> rows = entities.createNativeQuery("""
                select case when used_at > ?2 then request_hash end, case when used_at > ?2 then answer end
                from idempotency_keys where id = ?1 for update skip locked""")
                .setParameter(1, id).setParameter(2, since.atOffset(ZoneOffset.UTC)).getResultList();
        return rows.stream().map(row -> (Object[]) row).map(row -> new Place((String) row[0], (String) row[1])).findFirst();
    }

    void answer(String id, String requestHash, String answer, Instant now) {
        entities.createNativeQuery("update idempotency_keys set request_hash = ?2, answer = ?3, used_at = ?4 where id = ?1")
                .setParameter(1, id).setParameter(2, requestHash).setParameter(3, answer).setParameter(4, now.atOffset(ZoneOffset.UTC))
                .executeUpdate();
    }

    /** Of those not used after {@code time}, the oldest; returns how many. What is used meanwhile stays. */
    int deleteUnusedSince(Instant time, int limit) {
        return entities.createNativeQuery("""
                delete from idempotency_keys where used_at <= ?1 and id in (
                select id from idempotency_keys where used_at <= ?1 order by used_at limit ?2)""")
                .setParameter(1, time.atOffset(ZoneOffset.UTC)).setParameter(2, limit).executeUpdate();
    }
}
