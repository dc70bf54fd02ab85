package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.wallwhale.audit.Actor;

/** Tells who a credential belongs to. */
@ApplicationScoped
public class AccessService {
    private UserRepository users;

    AccessService() {
    }

    @Inject
    AccessService(UserRepository users) {
        this.users = users;
    }

    /** Active or not. */
    @Transactional
    Optional<User> findUser(String email) {
        return users.findByEmail(email);
    }

    /**
     * The caller behind a verified token of ours, with the token's groups cut down to what the user's role has now; empty when
     * the user is gone or deactivated.
     */
    @Transactional
    Optional<Caller> callerOfToken(String subject, Set<String> groups, Instant expiresAt, Actor stranger) {
        return userId(subject).flatMap(users::find).filter(User::isActive)
                .map(user -> new Caller(stranger.as(user.id(), Optional.empty()), Scope.effective(groups, user.role()), false,
                        user.limits(), Optional.empty(), Optional.of(expiresAt)));
    }

    private static Optional<UUID> userId(String subject) {
        try {
            return Optional.ofNullable(subject).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
