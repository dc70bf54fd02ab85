package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table {@code sessions}. */
@ApplicationScoped
class SessionRepository {
    private EntityManager entities;

    SessionRepository() {
    }

    @Inject
    SessionRepository(EntityManager entities) {
        this.entities = entities;
    }

    void add(Session session) {
        entities.persist(session);
    }

    Optional<Session> find(UUID id) {
        return Optional.ofNullable(entities.find(Session.class, id));
    }

    /** Others who want it wait until this transaction ends. */
    Optional<Session> findLocked(UUID id) {
        return Optional.ofNullable(entities.find(Session.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    void remove(Session session) {
        entities.remove(session);
    }

    int removeAllOf(UUID userId) {
        return entities.createQuery("delete from Session s where s.userId = :user").setParameter("user", userId).executeUpdate();
    }

    /** Those that were not used for longest, beyond the {@code most} others. */
    void removeBeyond(int most, UUID userId) {
        entities.createQuery("select s from Session s where s.userId = :user order by s.usedAt desc, s.id", Session.class)
                .setParameter("user", userId).setFirstResult(most).getResultList().forEach(entities::remove);
    }

    int removeEnded(Instant idleSince, Instant begunBefore) {
        return entities.createQuery("delete from Session s where s.usedAt <= :idle or s.createdAt <= :begun")
                .setParameter("idle", idleSince).setParameter("begun", begunBefore).executeUpdate();
    }
}
