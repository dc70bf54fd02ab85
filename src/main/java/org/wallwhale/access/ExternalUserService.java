package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.audit.Actor;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.problem.Problem;

/** Users who log in elsewhere. Each has a row of their own from the first call on, whose role is that of their newest token. */
@ApplicationScoped
class ExternalUserService {
    @Inject
    private UserRepository users;
    @Inject
    private ClockRepository clock;
    @Inject
    private AuditService audit;
    @Inject
    private IssuerConfig config;
    @Inject
    private Event<UserChanged> changed;

    /** FORBIDDEN for one who has no role that is of use here, or who was deactivated here. */
    @Transactional
    Caller callerOf(VerifiedToken token, ExternalIdentity identity, Actor stranger) {
        Role role = identity.role().orElseThrow(() -> Problem.FORBIDDEN.because("The token is good, but your account at its issuer has "
                + "none of the roles that this server asks for (" + wantedRoles() + "); ask an administrator there for one."));
        User user = users.findExternal(identity.issuer(), identity.subject()).orElseGet(() -> addOnce(token, identity, role, stranger));
        if (!user.isActive()) {
            throw Problem.FORBIDDEN.because("This server's administrator has deactivated your account here.");
        }
        // also of the same second: a token tells no smaller time, and whoever was just given a role asks for one at once
        if (!token.issuedAt().isBefore(user.roleAsOf())) {
            follow(token, identity, user, role, stranger);
        }
        return new Caller(stranger.as(user.id(), Optional.empty()), identity.scopes(), false, user.limits(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.of(token.expiresAt()), false);
    }

    private void follow(VerifiedToken token, ExternalIdentity identity, User user, Role role, Actor stranger) {
        if (user.role() == role) {
            user.confirmRole(token.issuedAt());
            return;
        }
        State before = State.of(user, identity);
        user.assign(role, token.issuedAt(), clock.now());
        record(stranger, "user.update", user, before, identity);
        changed.fire(new UserChanged(user.id(), false));
    }

    /** What the audit log keeps. */
    record State(UUID id, String email, Role role, String issuer, String subject) {
        static State of(User user, ExternalIdentity identity) {
            return new State(user.id(), user.email(), user.role(), identity.issuer(), identity.subject());
        }
    }

    private User addOnce(VerifiedToken token, ExternalIdentity identity, Role role, Actor stranger) {
        users.lockAll();
        return users.findExternal(identity.issuer(), identity.subject()).orElseGet(() -> {
            User user = new User(identity, role, token.issuedAt(), clock.now());
            users.add(user);
            record(stranger, "user.create", user, null, identity);
            return user;
        });
    }

    private void record(Actor stranger, String action, User user, State before, ExternalIdentity identity) {
        audit.done(stranger.as(user.id(), Optional.empty()), action, "admin/users/" + user.id(), before, State.of(user, identity));
    }

    private String wantedRoles() {
        return config.adminRole().map(admin -> config.userRole().map(user -> user + ", " + admin).orElse(admin))
                .or(config::userRole).orElseThrow();
    }
}
