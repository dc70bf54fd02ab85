package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.audit.Actor;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;
import org.wallwhale.problem.Problem;
import org.wallwhale.secret.Secret;

/** Logins that go on, from the first refresh token to the last. */
@ApplicationScoped
public class SessionService {
    /** Of one user. Who logs in by a script and never out loses the oldest, and none of them holds anything but its row. */
    static final int MOST = 100;
    @Inject
    private SessionRepository sessions;
    @Inject
    private UserRepository users;
    @Inject
    private SessionSecrets secrets;
    @Inject
    private ClockRepository clock;
    @Inject
    private AuditService audit;
    @Inject
    private AccessConfig config;
    @Inject
    private Event<SessionsEnded> ended;

    /** What a login or its renewal gives; {@code refreshToken} is known this once. */
    record Grant(User user, UUID session, Secret refreshToken, Instant at) {
    }

    /** How many sessions ended. */
    public record Ended(int sessions) {
    }

    /**
     * Empty when the user was deactivated, or got another password, since {@code verified} was read. Of more than {@value #MOST}
     * sessions of a user the one that was unused for longest ends.
     *
     * @param newHash of the same password, where the stored one has another cost than the configured one
     */
    @Transactional
    @NeedsNoRoom
    Optional<Grant> start(User verified, Optional<String> newHash, Actor actor) {
        // locked, or a change of the password that ends all sessions would not find this one
        return users.findLocked(verified.id())
                .filter(user -> user.isActive() && user.passwordHash().equals(verified.passwordHash()))
                .map(user -> {
                    newHash.ifPresent(user::replacePasswordHash);
                    Session session = new Session(user, clock.now());
                    Grant grant = renewed(session, user);
                    sessions.removeBeyond(MOST - 1, user.id());
                    sessions.add(session);
                    users.loggedIn(user.id(), grant.at());
                    audit.done(actor.as(user.id(), Optional.empty()), "session.start", subject(session.id()), null, null);
                    return grant;
                });
    }

    /**
     * Replaces a refresh token by the next one. Empty when it is made up, or its session ended or expired; an old one ends its
     * session, because it or the newest is in the wrong hands.
     */
    @Transactional
    @NeedsNoRoom
    Optional<Grant> refresh(Secret refreshToken, Actor actor) {
        Optional<Session> found = secrets.sessionOf(refreshToken).flatMap(sessions::findLocked);
        if (found.isEmpty() || !isLive(found.get())) {
            return Optional.empty();
        }
        Session session = found.get();
        if (!session.isNewest(SessionSecrets.hash(refreshToken))) {
            end(session, "session.reuse", actor);
            return Optional.empty();
        }
        return users.find(session.userId()).filter(User::isActive).map(user -> renewed(session, user));
    }

    private Grant renewed(Session session, User user) {
        Instant now = clock.now();
        Secret refreshToken = secrets.newRefreshToken(session.id());
        session.renew(SessionSecrets.hash(refreshToken), now);
        return new Grant(user, session.id(), refreshToken, now);
    }

    /** Does nothing when it ended already. */
    @Transactional
    void end(UUID id, Actor actor) {
        sessions.findLocked(id).ifPresent(session -> end(session, "session.end", actor));
    }

    private void end(Session session, String action, Actor actor) {
        sessions.remove(session);
        audit.done(actor.as(session.userId(), Optional.empty()), action, subject(session.id()), null, null);
        ended.fire(new SessionsEnded(session.userId()));
    }

    /** For administrators; NOT_FOUND for an unknown user. */
    @Transactional
    public Ended endAll(UUID userId, Actor actor) {
        users.find(userId).orElseThrow(() -> Problem.NOT_FOUND.because("There is no user with this id."));
        Ended all = new Ended(endAll(userId));
        audit.done(actor, "session.end-all", "admin/users/" + userId, null, all);
        return all;
    }

    /** Within the transaction of what makes it necessary, which also puts it on record; returns how many there were. */
    @Transactional
    public int endAll(UUID userId) {
        int count = sessions.removeAllOf(userId);
        ended.fire(new SessionsEnded(userId));
        return count;
    }

    @Transactional
    void onUserChanged(@Observes UserChanged event) {
        if (event.endSessions()) {
            endAll(event.userId());
        }
    }

    /** False once it ended, expired, or when it is another user's. */
    @NeedsNoRoom
    @Transactional
    boolean isLive(UUID id, UUID userId) {
        return sessions.find(id).filter(session -> session.userId().equals(userId)).filter(this::isLive).isPresent();
    }

    private boolean isLive(Session session) {
        Instant now = clock.now();
        return session.isLive(now.minus(config.sessionIdle()), now.minus(config.sessionLifetime()));
    }

    /** Deletes those that expired. */
    @NeedsNoRoom
    @Transactional
    public void dropExpired() {
        Instant now = clock.now();
        sessions.removeEnded(now.minus(config.sessionIdle()), now.minus(config.sessionLifetime()));
    }

    private static String subject(UUID session) {
        return "sessions/" + session;
    }
}
