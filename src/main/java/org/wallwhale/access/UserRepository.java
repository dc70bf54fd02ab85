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

    Optional<User> findByEmail(String email) {
        return entities.createQuery("select u from User u where u.email = :email", User.class)
                .setParameter("email", User.normalized(email)).getResultStream().findFirst();
    }

    /** Lets one transaction of all instances pass at a time, until it ends. */
    void awaitTurn() {
        entities.createNativeQuery("select last_fence from claim_lock where id = 1 for update").getSingleResult();
    }

    boolean hasAdministrator() {
        return entities.createQuery("select count(u) from User u where u.role = :role", Long.class)
                .setParameter("role", Role.ADMIN).getSingleResult() > 0;
    }
}
