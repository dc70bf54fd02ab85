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
class MeService {
    private UserRepository users;
    private Passwords passwords;
    private ClockRepository clock;
    private AuditService audit;
    private Event<UserChanged> changed;

    MeService() {
    }

    @Inject
    MeService(UserRepository users, Passwords passwords, ClockRepository clock, AuditService audit, Event<UserChanged> changed) {
        this.users = users;
        this.passwords = passwords;
        this.clock = clock;
        this.audit = audit;
        this.changed = changed;
    }

    @Transactional
    MeView get(Caller caller) {
        User user = users.get(caller.userId());
        return new MeView(LoginView.UserView.of(user), new TreeSet<>(caller.scopes()), user.mustChangePassword(),
                caller.keyLimits().orElse(caller.userLimits()));
    }

    /**
     * Ends the user's sessions. FORBIDDEN for an API key and for a wrong old password, UNPROCESSABLE for a new one that must not be
     * set.
     */
    @Transactional
    void changePassword(ChangePassword wish, Caller caller) {
        if (caller.keyId().isPresent()) {
            throw Problem.FORBIDDEN.because("An API key cannot change the password: log in.");
        }
        User user = users.getLocked(caller.userId());
        if (!passwords.matches(wish.oldPassword(), Optional.of(user))) {
            throw Problem.FORBIDDEN.at("/oldPassword", "The old password is wrong.");
        }
        PasswordRules.demand("/newPassword", wish.newPassword(), user.email());
        if (wish.newPassword().equals(wish.oldPassword())) {
            throw Problem.UNPROCESSABLE.at("/newPassword", "The new password is the old one.");
        }
        UserView before = UserView.of(user);
        user.changePassword(passwords.hash(wish.newPassword()), false, clock.now());
        audit.done(caller.actor(), "user.password", UserService.subject(user), before, UserView.of(user));
        changed.fire(new UserChanged(user.id(), true));
    }
}
