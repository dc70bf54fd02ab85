package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.wallwhale.audit.Actor;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.problem.Problem;
import org.wallwhale.secret.Secret;

/** Logging in, and telling who a credential belongs to. */
@ApplicationScoped
public class AccessService {
    private UserRepository users;
    private Passwords passwords;
    private TokenService tokens;
    private ClockRepository clock;

    AccessService() {
    }

    @Inject
    AccessService(UserRepository users, Passwords passwords, TokenService tokens, ClockRepository clock) {
        this.users = users;
        this.passwords = passwords;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** UNAUTHENTICATED alike, in words and time, for an unknown address, a wrong password and a deactivated user. */
    @Transactional
    LoginView login(String email, Secret password) {
        Optional<User> user = users.findByEmail(email);
        if (!passwords.matches(password, user) || !user.orElseThrow().isActive()) {
            throw Problem.UNAUTHENTICATED.because("The mail address or the password is wrong.");
        }
        users.loggedIn(user.get().id(), clock.now());
        return LoginView.of(user.get(), tokens.issue(user.get(), clock.now()), tokens.lifetime());
    }

    /**
     * The caller behind a verified token of ours, with the token's groups cut down to what the user's role has now; empty when
     * the user is gone or deactivated.
     */
    @Transactional
    Optional<Caller> callerOfToken(String subject, Set<String> groups, Instant expiresAt, Actor stranger) {
        return userId(subject).flatMap(users::find).filter(User::isActive)
                .map(user -> new Caller(stranger.as(user.id(), Optional.empty()), Scope.effective(groups, user.role()), false,
                        user.limits(), Optional.empty(), Optional.of(expiresAt), user.mustChangePassword()));
    }

    private static Optional<UUID> userId(String subject) {
        try {
            return Optional.ofNullable(subject).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
