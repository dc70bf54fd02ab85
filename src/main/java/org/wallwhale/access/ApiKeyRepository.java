package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.problem.Problem;

/** The table {@code api_keys}. */
@ApplicationScoped
class ApiKeyRepository {
    private EntityManager entities;

    ApiKeyRepository() {
    }

    @Inject
    ApiKeyRepository(EntityManager entities) {
        this.entities = entities;
    }

    void add(ApiKey key) {
        entities.persist(key);
    }

    Optional<ApiKey> find(UUID id) {
        return Optional.ofNullable(entities.find(ApiKey.class, id));
    }

    ApiKey get(UUID id) {
        return find(id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no API key with this id."));
    }

    Optional<ApiKey> findByHash(String hash) {
        return entities.createQuery("select k from ApiKey k where k.hash = :hash", ApiKey.class)
                .setParameter("hash", hash).getResultStream().findFirst();
    }

    List<ApiKey> findActive(UUID userId) {
        return entities.createQuery("select k from ApiKey k where k.userId = :user and k.active = true", ApiKey.class)
                .setParameter("user", userId).getResultList();
    }

    List<ApiKey> list() {
        return entities.createQuery("select k from ApiKey k order by k.createdAt desc, k.id", ApiKey.class).getResultList();
    }
}
