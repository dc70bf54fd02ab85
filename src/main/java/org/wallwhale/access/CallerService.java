package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;

/** Looks again at callers who were let in a while ago, such as readers of an event stream. */
@ApplicationScoped
public class CallerService {
    private UserRepository users;
    private ApiKeyRepository keys;
    private SessionService sessions;
    private ClockRepository clock;
    private AddressFile addresses;

    CallerService() {
    }

    @Inject
    CallerService(UserRepository users, ApiKeyRepository keys, SessionService sessions, ClockRepository clock,
            AddressFile addresses) {
        this.users = users;
        this.keys = keys;
        this.sessions = sessions;
        this.clock = clock;
        this.addresses = addresses;
    }

    /**
     * False once the caller's address is refused, the user is deactivated, the token or key expired, the session ended, the key was
     * revoked, its text replaced, either lost a scope that the caller had, or the password must be changed first.
     */
    @NeedsNoRoom
    @Transactional
    public boolean isStillValid(Caller caller) {
        if (!isAdmitted(caller.actor().address())) {
            return false;
        }
        Optional<User> user = users.find(caller.userId()).filter(User::isActive);
        if (caller.keyId().isEmpty()) {
            return caller.session().filter(session -> !sessions.isLive(session, caller.userId())).isEmpty()
                    && user.filter(found -> found.role().scopes().containsAll(caller.scopes())
                            && found.mustChangePassword() == caller.mustChangePassword()).isPresent()
                    && caller.expiresAt().filter(clock.now()::isBefore).isPresent();
        }
        Optional<ApiKey> key = keys.find(caller.keyId().get())
                .filter(found -> found.isOpenedBy(caller.keyHash().orElse(""), clock.now()));
        return user.isPresent() && key.isPresent()
                && key.get().allows(caller.actor().address())
                && key.get().effectiveScopes(user.get().role()).containsAll(caller.scopes());
    }

    /** Whether the rules for addresses let this one in, by now. */
    public boolean isAdmitted(String address) {
        return addresses.rules().admits(address);
    }

    /**
     * Whether this user still stands behind what others may read in the user's name: false once the user is deactivated, and once the key
     * that it was allowed by, if there was one, was switched off, expired, was revoked or may no longer read itself.
     */
    @NeedsNoRoom
    @Transactional
    public boolean mayStillRead(UUID userId, Optional<UUID> keyId) {
        Optional<User> user = users.find(userId).filter(User::isActive);
        return user.isPresent() && (keyId.isEmpty() || keys.find(keyId.get()).filter(key -> key.isUsable(clock.now())
                && key.effectiveScopes(user.get().role()).contains(Scope.DOWNLOAD_READ)).isPresent());
    }
}
