package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;
import org.wallwhale.access.SessionService.Grant;
import org.wallwhale.audit.Actor;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.secret.Secret;

/** Logging in and staying so. Never holds a database connection while it checks a password: 20 logins at once would hold all of them. */
@ApplicationScoped
class AuthService {
    private AccessService access;
    private SessionService sessions;
    private Passwords passwords;
    private LoginThrottle throttle;
    private TokenService tokens;
    private MeService me;
    private FailedLoginTally failures;

    AuthService() {
    }

    @Inject
    AuthService(AccessService access, SessionService sessions, Passwords passwords, LoginThrottle throttle, TokenService tokens,
            MeService me, FailedLoginTally failures) {
        this.access = access;
        this.sessions = sessions;
        this.passwords = passwords;
        this.throttle = throttle;
        this.tokens = tokens;
        this.me = me;
        this.failures = failures;
    }

    /**
     * UNAUTHENTICATED alike, in words and time, for an unknown address, a wrong password and a deactivated user;
     * TOO_MANY_REQUESTS after too many of these, or when the server is busy with other logins.
     */
    LoginView login(String email, Secret password, Actor actor) {
        throttle.demand(email, actor.address());
        User user = verified(email, () -> access.findUser(email), password, actor).orElseThrow(AuthService::wrong);
        failures.write(user.id());
        Grant grant = tried(email, actor, () -> sessions.start(user, newHash(user, password), actor)).orElseThrow(AuthService::wrong);
        throttle.succeeded(email, actor.address());
        return view(grant);
    }

    /** UNAUTHENTICATED for whatever is not the newest refresh token of a live session; an old one ends the session. */
    LoginView refresh(Secret refreshToken, Actor actor) {
        return view(sessions.refresh(refreshToken, actor).orElseThrow(() -> Problem.UNAUTHENTICATED.because(
                "The refresh token is not valid: it was used before, or its session ended; log in again.")));
    }

    /**
     * Ends the user's sessions. FORBIDDEN for an API key and for a wrong old password, which counts as a failed login; UNPROCESSABLE
     * for a new one that must not be set.
     */
    void changePassword(ChangePassword wish, Caller caller) {
        if (caller.keyId().isPresent()) {
            throw Problem.FORBIDDEN.because("An API key cannot change the password: log in.");
        }
        User user = me.read(caller);
        throttle.demand(user.email(), caller.actor().address());
        verified(user.email(), () -> Optional.of(user), wish.oldPassword(), caller.actor())
                .orElseThrow(() -> Problem.FORBIDDEN.at("/oldPassword", "The old password is wrong."));
        throttle.succeeded(user.email(), caller.actor().address());
        PasswordRules.demand("/newPassword", wish.newPassword(), user.email());
        if (wish.newPassword().equals(wish.oldPassword())) {
            throw Problem.UNPROCESSABLE.at("/newPassword", "The new password is the old one.");
        }
        me.replacePassword(user, passwords.hash(wish.newPassword()), caller);
    }

    private LoginView view(Grant grant) {
        return LoginView.of(grant.user(), tokens.issue(grant.user(), grant.session(), grant.at()), grant.refreshToken(),
                tokens.lifetime());
    }

    private Optional<String> newHash(User user, Secret password) {
        return passwords.isOutdated(user.passwordHash()) ? Optional.of(passwords.hash(password)) : Optional.empty();
    }

    private Optional<User> verified(String email, Supplier<Optional<User>> found, Secret password, Actor actor) {
        return tried(email, actor, () -> {
            Optional<User> user = found.get();
            return isRight(password, user) ? user : Optional.empty();
        });
    }

    /** Where the server itself fails, nobody has guessed. */
    private <T> T tried(String email, Actor actor, Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException e) {
            throttle.notTried(email, actor.address());
            throw e;
        }
    }

    /** Counts a wrong one for the owner. */
    private boolean isRight(Secret password, Optional<User> user) {
        boolean right = passwords.matches(password, user);
        if (!right) {
            user.ifPresent(owner -> failures.count(owner.id()));
        }
        return right;
    }

    private static ProblemException wrong() {
        return Problem.UNAUTHENTICATED.because("The mail address or the password is wrong.");
    }
}
