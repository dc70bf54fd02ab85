package org.wallwhale.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code instances}. */
@ApplicationScoped
class MemberRepository {
    private EntityManager entities;

    MemberRepository() {
    }

    @Inject
    MemberRepository(EntityManager entities) {
        this.entities = entities;
    }

    Optional<Member> find(String id) {
        return Optional.ofNullable(entities.find(Member.class, id));
    }

    void add(Member member) {
        entities.persist(member);
    }

    /** By name. */
    List<Member> all() {
        return entities.createQuery("select m from Member m order by m.id", Member.class).getResultList();
    }

    void remove(String id, String bootId) {
        entities.createQuery("delete from Member m where m.id = :id and m.bootId = :boot").setParameter("id", id)
                .setParameter("boot", bootId).executeUpdate();
    }

    void removeUnseenSince(Instant time) {
        entities.createQuery("delete from Member m where m.seenAt < :time").setParameter("time", time).executeUpdate();
    }
}
