package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.problem.Problem;

/** The table {@code api_keys}. */
@ApplicationScoped
class ApiKeyRepository {
    private static final String UNKNOWN = "There is no API key with this id.";
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
        return find(id).orElseThrow(() -> Problem.NOT_FOUND.because(UNKNOWN));
    }

    /** Locked until the transaction ends; NOT_FOUND for an unknown id. */
    ApiKey getLocked(UUID id) {
        return Optional.ofNullable(entities.find(ApiKey.class, id, LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(() -> Problem.NOT_FOUND.because(UNKNOWN));
    }

    /** By the hash of a key's text, or of the text before its last rotation. */
    Optional<ApiKey> findByHash(String hash) {
        return entities.createQuery("select k from ApiKey k where k.hash = :hash or k.previousHash = :hash", ApiKey.class)
                .setParameter("hash", hash).getResultStream().findFirst();
    }

    /** Keys that this one made, directly; also those that are switched off, which may have made others. */
    List<ApiKey> madeBy(UUID key) {
        return entities.createQuery("select k from ApiKey k where k.madeByKey = :maker", ApiKey.class)
                .setParameter("maker", key).getResultList();
    }

    List<ApiKey> findAll(UUID userId) {
        return entities.createQuery("select k from ApiKey k where k.userId = :user", ApiKey.class)
                .setParameter("user", userId).getResultList();
    }

    /** Adds, whatever the row holds by now, and locks it. False for an unknown id. */
    boolean addUse(UUID id, long requests, Instant last) {
        return entities.createNativeQuery("""
                update api_keys set request_count = request_count + ?2, last_used_at = greatest(
                coalesce(last_used_at, cast(?3 as timestamp with time zone)), cast(?3 as timestamp with time zone))
                where id = cast(?1 as uuid)""")
                .setParameter(1, id.toString()).setParameter(2, requests).setParameter(3, last.atOffset(ZoneOffset.UTC)).executeUpdate() > 0;
    }

    /** Newest first. */
    List<ApiKey> page(int limit, int offset) {
        return entities.createQuery("select k from ApiKey k order by k.createdAt desc, k.id", ApiKey.class)
                .setFirstResult(offset).setMaxResults(limit).getResultList();
    }

    long count() {
        return entities.createQuery("select count(k) from ApiKey k", Long.class).getSingleResult();
    }
}
