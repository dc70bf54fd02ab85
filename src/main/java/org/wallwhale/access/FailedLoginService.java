package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Failed logins of all instances. */
@ApplicationScoped
class FailedLoginService {
    private UserRepository users;

    FailedLoginService() {
    }

    @Inject
    FailedLoginService(UserRepository users) {
        this.users = users;
    }

    /** All of them or none. Every instance takes the users in the same order, so that none waits for one that waits for it. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void add(Map<UUID, FailedLoginTally.Count> counts) {
        new TreeMap<>(counts).forEach(users::addFailedLogins);
    }
}
