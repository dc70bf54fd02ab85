package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** What a user or an API key may do, when nobody calls. */
@ApplicationScoped
public class LimitService {
    private UserRepository users;
    private ApiKeyRepository keys;

    LimitService() {
    }

    @Inject
    LimitService(UserRepository users, ApiKeyRepository keys) {
        this.users = users;
        this.keys = keys;
    }

    /** In the caller's transaction, as the other one. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Limits ofUser(UUID id) {
        return users.get(id).limits();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public Limits ofKey(UUID id) {
        return keys.get(id).limits();
    }
}
