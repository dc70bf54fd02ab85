package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.UUID;

/** The table {@code users}. */
@ApplicationScoped
class UserRepository {
    private EntityManager entities;

    UserRepository() {
    }

    @Inject
    UserRepository(EntityManager entities) {
        this.entities = entities;
    }

    void add(User user) {
        entities.persist(user);
    }

    Optional<User> find(UUID id) {
        return Optional.ofNullable(entities.find(User.class, id));
    }

    /** Not those who log in elsewhere, whose address is made up. */
    Optional<User> findByEmail(String email) {
        return entities.createQuery("select u from User u where u.email = :email and u.issuer is null", User.class)
                .setParameter("email", User.normalized(email)).getResultStream().findFirst();
    }

    Optional<User> findExternal(String issuer, String subject) {
        return entities.createQuery("select u from User u where u.issuer = :issuer and u.subject = :subject", User.class)
                .setParameter("issuer", issuer).setParameter("subject", subject).getResultStream().findFirst();
    }

    /** Lets one transaction of all instances pass at a time, until it ends. */
    void awaitTurn() {
        entities.createNativeQuery("select last_fence from claim_lock where id = 1 for update").getSingleResult();
    }

    /** One who gets in even when no other issuer can be reached. */
    boolean hasAdministrator() {
        return entities.createQuery("select count(u) from User u where u.role = :role and u.issuer is null", Long.class)
                .setParameter("role", Role.ADMIN).getSingleResult() > 0;
    }
}
