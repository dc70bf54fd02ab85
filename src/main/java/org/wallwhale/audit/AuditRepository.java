package org.wallwhale.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code audit_entries} and {@code audit_chain}. */
@ApplicationScoped
class AuditRepository {
    private EntityManager entities;

    AuditRepository() {
    }

    @Inject
    AuditRepository(EntityManager entities) {
        this.entities = entities;
    }

    void add(AuditEntry entry) {
        entities.persist(entry);
    }

    /** Both ends of the chain; other instances wait until this transaction ends. */
    AuditChain lockedChain() {
        return entities.find(AuditChain.class, 1, LockModeType.PESSIMISTIC_WRITE);
    }

    AuditChain chain() {
        return entities.find(AuditChain.class, 1);
    }

    /** Oldest first. */
    List<AuditEntry> unchained(int limit) {
        return entities.createQuery("select e from AuditEntry e where e.position is null order by e.writtenAt, e.id", AuditEntry.class)
                .setMaxResults(limit).getResultList();
    }

    long countUnchained() {
        return entities.createQuery("select count(e) from AuditEntry e where e.position is null", Long.class).getSingleResult();
    }

    /** In the order of the chain, beyond {@code position} and up to {@code last}. */
    List<AuditEntry> chained(long position, long last, int limit) {
        return entities.createQuery("select e from AuditEntry e where e.position > :position and e.position <= :last order by e.position",
                AuditEntry.class).setParameter("position", position).setParameter("last", last).setMaxResults(limit).getResultList();
    }

    /** Empty when there is no link at all. */
    Optional<Long> lowestPosition() {
        return Optional.ofNullable(entities.createQuery("select min(e.position) from AuditEntry e", Long.class).getSingleResult());
    }

    Optional<Long> highestPosition() {
        return Optional.ofNullable(entities.createQuery("select max(e.position) from AuditEntry e", Long.class).getSingleResult());
    }

    /** Empty when there is no link at all. */
    Optional<AuditEntry> lastLink() {
        return entities.createQuery("select e from AuditEntry e where e.position is not null order by e.position desc", AuditEntry.class)
                .setMaxResults(1).getResultStream().findFirst();
    }

    void deleteUpTo(long position) {
        entities.createQuery("delete from AuditEntry e where e.position <= :position").setParameter("position", position).executeUpdate();
    }

    /** Newest first. */
    List<AuditEntry> page(AuditQuery query, int limit, int offset) {
        Map<String, Object> values = new HashMap<>();
        TypedQuery<AuditEntry> page = entities.createQuery("select e from AuditEntry e" + where(query, values)
                + " order by e.writtenAt desc, e.id desc", AuditEntry.class);
        values.forEach(page::setParameter);
        return page.setFirstResult(offset).setMaxResults(limit).getResultList();
    }

    /** Oldest first, beyond the entry written at {@code time} with {@code id}. */
    List<AuditEntry> pageAfter(AuditQuery query, Instant time, UUID id, int limit) {
        Map<String, Object> values = new HashMap<>(Map.of("time", time, "id", id));
        TypedQuery<AuditEntry> page = entities.createQuery("select e from AuditEntry e" + where(query, values)
                // not only by or, because no database would begin at the time: each page would read all pages before it
                + " and e.writtenAt >= :time and (e.writtenAt > :time or e.id > :id) order by e.writtenAt, e.id", AuditEntry.class);
        values.forEach(page::setParameter);
        return page.setMaxResults(limit).getResultList();
    }

    /** How many match, but {@code most} where it is more: to count millions would take longer than to list them. */
    long count(AuditQuery query, int most) {
        Map<String, Object> values = new HashMap<>();
        String where = where(query, values);
        TypedQuery<UUID> beyond = entities.createQuery("select e.id from AuditEntry e" + where, UUID.class);
        TypedQuery<Long> count = entities.createQuery("select count(e) from AuditEntry e" + where, Long.class);
        values.forEach((name, value) -> {
            beyond.setParameter(name, value);
            count.setParameter(name, value);
        });
        return beyond.setFirstResult(most).setMaxResults(1).getResultList().isEmpty() ? count.getSingleResult() : most;
    }

    private static String where(AuditQuery query, Map<String, Object> values) {
        StringBuilder where = new StringBuilder(" where 1 = 1");
        query.userId().ifPresent(user -> {
            where.append(" and e.userId = :user");
            values.put("user", user);
        });
        query.action().ifPresent(action -> {
            where.append(action.endsWith(".*") ? " and e.action like :action escape '!'" : " and e.action = :action");
            values.put("action", action.endsWith(".*")
                    ? action.substring(0, action.length() - 1).replaceAll("([!%_])", "!$1") + "%" : action);
        });
        query.from().ifPresent(from -> {
            where.append(" and e.writtenAt >= :from");
            values.put("from", from);
        });
        query.until().ifPresent(until -> {
            where.append(" and e.writtenAt < :until");
            values.put("until", until);
        });
        return where.toString();
    }
}
