package org.wallwhale.quota;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The table {@code usage_counters}: how much of each limit is used or given out, one row a window. */
@ApplicationScoped
class CounterRepository {
    private EntityManager entities;

    CounterRepository() {
    }

    @Inject
    CounterRepository(EntityManager entities) {
        this.entities = entities;
    }

    /** Does nothing when the row is there; of two that add it at once, one fails. */
    void ensure(UUID holder, Policy policy, Instant start) {
        entities.createNativeQuery("""
                insert into usage_counters (holder, policy, window_start, used)
                select cast(?1 as uuid), cast(?2 as varchar), cast(?3 as timestamp with time zone), 0
                where not exists (select 1 from usage_counters where holder = cast(?1 as uuid) and policy = ?2 and window_start = ?3)""")
                .setParameter(1, holder.toString()).setParameter(2, policy.name()).setParameter(3, start.atOffset(ZoneOffset.UTC))
                .executeUpdate();
    }

    /** The row stays locked until the transaction ends. */
    long lockedUsed(UUID holder, Policy policy, Instant start) {
        Number used = (Number) entities.createNativeQuery("""
                select used from usage_counters where holder = cast(?1 as uuid) and policy = ?2 and window_start = ?3 for update""")
                .setParameter(1, holder.toString()).setParameter(2, policy.name()).setParameter(3, start.atOffset(ZoneOffset.UTC))
                .getSingleResult();
        return used.longValue();
    }

    /** Zero when nothing was counted yet. */
    long used(UUID holder, Policy policy, Instant start) {
        List<?> used = entities.createNativeQuery("""
                select used from usage_counters where holder = cast(?1 as uuid) and policy = ?2 and window_start = ?3""")
                .setParameter(1, holder.toString()).setParameter(2, policy.name()).setParameter(3, start.atOffset(ZoneOffset.UTC))
                .getResultList();
        return used.isEmpty() ? 0 : ((Number) used.get(0)).longValue();
    }

    void add(UUID holder, Policy policy, Instant start, long count) {
        entities.createNativeQuery("""
                update usage_counters set used = used + ?4 where holder = cast(?1 as uuid) and policy = ?2 and window_start = ?3""")
                .setParameter(1, holder.toString()).setParameter(2, policy.name()).setParameter(3, start.atOffset(ZoneOffset.UTC))
                .setParameter(4, count).executeUpdate();
    }

    /** Of the windows of {@code policy} that began before {@code time}, the oldest; returns how many. */
    int deleteBefore(Policy policy, Instant time, int limit) {
        return entities.createNativeQuery("""
                delete from usage_counters where (holder, policy, window_start) in (select holder, policy, window_start from usage_counters
                where policy = ?1 and window_start < ?2 order by window_start limit ?3)""")
                .setParameter(1, policy.name()).setParameter(2, time.atOffset(ZoneOffset.UTC)).setParameter(3, limit).executeUpdate();
    }
}
