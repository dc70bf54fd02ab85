package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.TreeSet;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.problem.Problem;

/** What everybody may know and change of themselves. */
@ApplicationScoped
public class MeService {
    private UserRepository users;
    private SessionRepository sessions;
    private SessionSecrets secrets;
    private ClockRepository clock;
    private AuditService audit;
    private Event<UserChanged> changed;

    MeService() {
    }

    @Inject
    MeService(UserRepository users, SessionRepository sessions, SessionSecrets secrets, ClockRepository clock, AuditService audit,
            Event<UserChanged> changed) {
        this.users = users;
        this.sessions = sessions;
        this.secrets = secrets;
        this.clock = clock;
        this.audit = audit;
        this.changed = changed;
    }

    @Transactional
    public Self get(Caller caller) {
        User user = users.get(caller.userId());
        return new Self(LoginView.UserView.of(user), new TreeSet<>(caller.scopes()), user.mustChangePassword(),
                caller.keyLimits().orElse(caller.userLimits()), user.preferences(),
                caller.session().flatMap(sessions::find).map(session -> PastLogins.of(user, session)).orElse(PastLogins.UNTOLD),
                caller.session().map(secrets::csrfToken).orElse(null));
    }

    /** FORBIDDEN for an API key, which has no page; not in the audit log. */
    @Transactional
    Preferences prefer(Preferences wish, Caller caller) {
        if (caller.keyId().isPresent()) {
            throw Problem.FORBIDDEN.because("An API key has no preferences: log in.");
        }
        if (caller.mustChangePassword()) {
            throw Problem.PASSWORD_CHANGE_NEEDED.because("Change the password first: PUT /api/v1/me/password.");
        }
        users.prefer(caller.userId(), wish);
        return wish;
    }

    /** The user as it is now, to be judged outside of a transaction. */
    @Transactional
    User read(Caller caller) {
        return users.get(caller.userId());
    }

    /** Ends the user's sessions. CONFLICT when the password changed since {@code verified} was read. */
    @Transactional
    void replacePassword(User verified, String hash, Caller caller) {
        User user = users.getLocked(verified.id());
        if (!user.passwordHash().equals(verified.passwordHash())) {
            throw Problem.CONFLICT.because("The password was changed meanwhile.");
        }
        UserView before = UserView.of(user);
        user.changePassword(hash, false, clock.now());
        audit.done(caller.actor(), "user.password", UserService.subject(user), before, UserView.of(user));
        changed.fire(new UserChanged(user.id(), true));
    }
}
