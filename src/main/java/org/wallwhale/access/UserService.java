package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import org.wallwhale.audit.Actor;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.problem.Problem;
import org.wallwhale.secret.Secret;

/**
 * What administrators do with users. Changes pass one after the other, so that there is always an active administrator once there
 * was one. A change takes effect with its commit: every call looks at the user again.
 */
@ApplicationScoped
class UserService {
    private static final int LONGEST_EMAIL = 254;
    private UserRepository users;
    private ApiKeyService keys;
    private Passwords passwords;
    private ClockRepository clock;
    private AuditService audit;
    private Event<UserChanged> changed;

    UserService() {
    }

    @Inject
    UserService(UserRepository users, ApiKeyService keys, Passwords passwords, ClockRepository clock, AuditService audit,
            Event<UserChanged> changed) {
        this.users = users;
        this.keys = keys;
        this.passwords = passwords;
        this.clock = clock;
        this.audit = audit;
        this.changed = changed;
    }

    /** The oldest first. {@code text} is a part of the address. */
    @Transactional
    UserList list(String text, int limit, int offset) {
        List<UserView> page = users.page(text, limit, offset).stream().map(UserView::of).toList();
        long total = users.count(text);
        return new UserList(page, new UserList.Pagination(total, limit, offset, offset + page.size() < total));
    }

    /** NOT_FOUND for an unknown id, and for a deleted user. */
    @Transactional
    UserView get(UUID id) {
        return UserView.of(users.get(id));
    }

    /** CONFLICT for an address that is taken, UNPROCESSABLE for a password that must not be set. */
    @Transactional
    CreatedUser create(UserWish wish, Caller caller) {
        Role role = Objects.requireNonNullElse(wish.role(), Role.USER);
        demandWholeAdministrator(caller, role);
        Secret password = Optional.ofNullable(wish.password()).orElseGet(Passwords::random);
        PasswordRules.demand("/password", password, wish.email());
        // before the lock, because it takes a quarter of a second
        String hash = passwords.hash(password);
        users.lockAll();
        User user = fresh(wish.email(), role, hash);
        user.changeAccount(wish.email(), role, !Boolean.FALSE.equals(wish.isActive()), user.createdAt());
        user.limit(wish.limits(), wish.storageQuotaBytes(), user.createdAt());
        user.changePassword(user.passwordHash(), Objects.requireNonNullElse(wish.mustChangePassword(), wish.password() == null), user.createdAt());
        audit.done(caller.actor(), "user.create", subject(user), null, UserView.of(user));
        return new CreatedUser(UserView.of(user), wish.password() == null ? password.reveal() : null);
    }

    /** The administrator that a server has when it has none yet. CONFLICT once there is one. The caller judges the password. */
    @Transactional(Transactional.TxType.MANDATORY)
    UserView createFirstAdministrator(String email, Secret password, boolean mustChangePassword, Actor actor) {
        users.lockAll();
        if (users.countActiveAdministrators() > 0) {
            throw Problem.CONFLICT.because("This server has an administrator already: log in.");
        }
        User user = fresh(email, Role.ADMIN, passwords.hash(password));
        user.changePassword(user.passwordHash(), mustChangePassword, user.createdAt());
        audit.done(actor, "user.create", subject(user), null, UserView.of(user));
        return UserView.of(user);
    }

    /** Keeps everybody else from making or changing users until the transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    void lock() {
        users.lockAll();
    }

    @Transactional
    boolean hasAdministrator() {
        return users.countActiveAdministrators() > 0;
    }

    /**
     * Makes a user what {@code change} makes of it. CONFLICT for an address that is taken, for oneself where it would take away
     * one's own rights or set one's own password, and for the last administrator; PRECONDITION_FAILED when {@code expected} does not accept the present
     * version.
     */
    @Transactional
    UserView change(UUID id, UnaryOperator<UserWish> change, LongPredicate expected, Caller caller) {
        Optional<String> hash = hashed(id, change);
        User user = changeable(id, expected, caller);
        UserWish wish = change.apply(UserWish.of(user));
        demandWhole(wish);
        demandWholeAdministrator(caller, wish.role());
        demandFree(wish.email(), id);
        UserView before = UserView.of(user);
        boolean wasAdministrator = user.isActiveAdministrator();
        Instant now = clock.now();
        user.changeAccount(wish.email(), wish.role(), wish.isActive(), now);
        user.limit(wish.limits(), wish.storageQuotaBytes(), now);
        demandAdministratorLeft(user, wasAdministrator, caller);
        if (wish.password() != null || wish.mustChangePassword() != null) {
            setPassword(user, wish, hash, now, caller);
        }
        audit.done(caller.actor(), "user.update", subject(user), before, UserView.of(user));
        changed.fire(new UserChanged(id, wish.password() != null || !user.isActive()));
        return UserView.of(user);
    }

    /** The row stays; its keys are revoked and its address is free again. CONFLICT for oneself and the last administrator. */
    @Transactional
    void delete(UUID id, LongPredicate expected, Caller caller) {
        User user = changeable(id, expected, caller);
        UserView before = UserView.of(user);
        boolean wasAdministrator = user.isActiveAdministrator();
        user.delete(clock.now());
        demandAdministratorLeft(user, wasAdministrator, caller);
        keys.revokeAllOf(id, caller);
        audit.done(caller.actor(), "user.delete", subject(user), before, null);
        changed.fire(new UserChanged(id, true));
    }

    private User fresh(String email, Role role, String passwordHash) {
        demandFree(email, null);
        User user = new User(email, passwordHash, role, clock.now());
        users.add(user);
        return user;
    }

    /** Of the password that {@code change} sets, if it does; before the lock, because it takes a quarter of a second. */
    private Optional<String> hashed(UUID id, UnaryOperator<UserWish> change) {
        return Optional.ofNullable(change.apply(UserWish.of(users.peek(id))).password()).map(passwords::hash);
    }

    private void setPassword(User user, UserWish wish, Optional<String> hash, Instant now, Caller caller) {
        if (wish.password() != null && user.id().equals(caller.userId())) {
            throw Problem.CONFLICT.at("/password", "Change your own password with PUT /me/password, which asks for the old one.");
        }
        if (!user.hasPassword()) {
            throw Problem.CONFLICT.at("/password", "This user logs in at another issuer, and has no password here.");
        }
        if (wish.password() == null) {
            user.changePassword(user.passwordHash(), wish.mustChangePassword(), now);
            return;
        }
        if (!caller.scopes().containsAll(user.role().scopes())) {
            throw Problem.FORBIDDEN.because("Who sets a user's password can log in as that user: it needs all scopes of one, download:*.");
        }
        PasswordRules.demand("/password", wish.password(), user.email());
        user.changePassword(hash.orElseThrow(), !Boolean.FALSE.equals(wish.mustChangePassword()), now);
        audit.done(caller.actor(), "user.password", subject(user), null, null);
    }

    private User changeable(UUID id, LongPredicate expected, Caller caller) {
        users.lockAll();
        User user = users.getLocked(id);
        demandWholeAdministrator(caller, user.role());
        if (!expected.test(user.version())) {
            throw Problem.PRECONDITION_FAILED.because("This user was changed meanwhile: get it again and look before you change it.");
        }
        return user;
    }

    /** Absent members would silently activate or demote somebody. */
    private static void demandWhole(UserWish wish) {
        if (wish.role() == null) {
            throw Problem.INVALID.at("/role", "role is missing: it must be user or admin.");
        }
        if (wish.isActive() == null) {
            throw Problem.INVALID.at("/isActive", "isActive is missing: it must be true or false.");
        }
    }

    /**
     * Who sets an administrator's password can log in as one, so it takes all that an administrator may do. A key never does: what
     * it made would be bound by none of its limits and stay when it goes.
     */
    private static void demandWholeAdministrator(Caller caller, Role role) {
        if (role == Role.ADMIN && caller.keyId().isPresent()) {
            throw Problem.FORBIDDEN.because("An API key cannot make or change an administrator: log in as one.");
        }
        if (role == Role.ADMIN && !caller.scopes().containsAll(Role.ADMIN.scopes())) {
            throw Problem.FORBIDDEN.because("Making or changing an administrator needs all scopes of one: download:* and admin:*.");
        }
    }

    private void demandFree(String email, UUID owner) {
        if (User.normalized(email).length() > LONGEST_EMAIL) {
            throw Problem.INVALID.at("/email", "email is longer than " + LONGEST_EMAIL + " characters in lower case.");
        }
        if (users.findByEmail(email).filter(user -> !user.id().equals(owner)).isPresent()) {
            throw Problem.CONFLICT.at("/email", "Another user has this mail address.");
        }
    }

    private void demandAdministratorLeft(User user, boolean wasAdministrator, Caller caller) {
        if (!wasAdministrator || user.isActiveAdministrator()) {
            return;
        }
        if (user.id().equals(caller.userId())) {
            throw Problem.CONFLICT.because("You cannot take your own rights as an administrator away; ask another administrator to do it.");
        }
        if (users.countActiveAdministrators() == 0) {
            throw Problem.CONFLICT.because("This is the last active administrator; make another one first.");
        }
    }

    static String subject(User user) {
        return "admin/users/" + user.id();
    }
}
