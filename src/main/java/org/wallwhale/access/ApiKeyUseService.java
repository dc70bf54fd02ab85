package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;

/** What is known of how keys are used. */
@ApplicationScoped
public class ApiKeyUseService {
    private ApiKeyRepository keys;

    ApiKeyUseService() {
    }

    @Inject
    ApiKeyUseService(ApiKeyRepository keys) {
        this.keys = keys;
    }

    /** NOT_FOUND for an unknown key. */
    @Transactional
    public void demand(UUID key) {
        keys.get(key);
    }

    /**
     * Adds calls to a key, which stays locked until the caller's transaction ends. A change by an administrator is neither
     * overtaken nor seen in the key's {@code ETag}. False for an unknown key.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean add(UUID key, long requests, Instant last) {
        return keys.addUse(key, requests, last);
    }
}
