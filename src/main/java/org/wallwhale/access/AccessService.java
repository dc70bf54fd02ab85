package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.wallwhale.audit.Actor;
import org.wallwhale.database.NeedsNoRoom;

/** Tells who a credential belongs to. */
@ApplicationScoped
public class AccessService {
    private UserRepository users;
    private SessionService sessions;
    private ExternalUserService externals;

    AccessService() {
    }

    @Inject
    AccessService(UserRepository users, SessionService sessions, ExternalUserService externals) {
        this.users = users;
        this.sessions = sessions;
        this.externals = externals;
    }

    /** Active or not. */
    @Transactional
    Optional<User> findUser(String email) {
        return users.findByEmail(email);
    }

    /**
     * The caller behind a verified token, with the token's groups cut down to what the user's role has now; empty when the user
     * is gone or deactivated, or the session ended. FORBIDDEN for a user of an external issuer who may not come in.
     */
    @NeedsNoRoom
    @Transactional
    Optional<Caller> callerOfToken(VerifiedToken token, Actor stranger) {
        if (token.external().isPresent()) {
            return Optional.of(externals.callerOf(token, token.external().get(), stranger));
        }
        return token.userId().flatMap(users::find).filter(User::isActive)
                .filter(user -> token.session().filter(session -> !sessions.isLive(session, user.id())).isEmpty())
                .map(user -> new Caller(stranger.as(user.id(), Optional.empty()), Scope.effective(token.groups(), user.role()), false,
                        user.limits(), Optional.empty(), Optional.empty(), token.session(), Optional.of(token.expiresAt()),
                        user.mustChangePassword()));
    }
}
