package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.wallwhale.audit.Actor;

/** Tells who a credential belongs to. */
@ApplicationScoped
public class AccessService {
    private UserRepository users;
    private SessionService sessions;

    AccessService() {
    }

    @Inject
    AccessService(UserRepository users, SessionService sessions) {
        this.users = users;
        this.sessions = sessions;
    }

    /** Active or not. */
    @Transactional
    Optional<User> findUser(String email) {
        return users.findByEmail(email);
    }

    /**
     * The caller behind a verified token, with the token's groups cut down to what the user's role has now; empty when the user
     * is gone or deactivated, or the session ended.
     */
    @Transactional
    Optional<Caller> callerOfToken(VerifiedToken token, Actor stranger) {
        return token.userId().flatMap(users::find).filter(User::isActive)
                .filter(user -> token.session().filter(session -> !sessions.isLive(session, user.id())).isEmpty())
                .map(user -> new Caller(stranger.as(user.id(), Optional.empty()), Scope.effective(token.groups(), user.role()), false,
                        user.limits(), Optional.empty(), token.session(), Optional.of(token.expiresAt()),
                        user.mustChangePassword()));
    }
}
