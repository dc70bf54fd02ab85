package org.wallwhale.access;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.wallwhale.audit.Actor;
import org.wallwhale.problem.Problem;

/**
 * Who is calling, whichever credential was sent.
 *
 * @param actor always with a user
 * @param scopes written out, without {@code *}
 * @param sandboxOnly true for a key of kind {@code test}
 * @param userLimits the user's
 * @param keyLimits the API key's, if the call was made with one
 * @param session of an access token of ours
 * @param expiresAt when an access token ends; empty for an API key, which is looked at again
 */
public record Caller(Actor actor, Set<String> scopes, boolean sandboxOnly, Limits userLimits, Optional<Limits> keyLimits,
        Optional<UUID> session, Optional<Instant> expiresAt) {
    /** The caller of an authenticated request; UNAUTHENTICATED otherwise. */
    public static Caller of(HttpServletRequest request) {
        if (request.getAttribute(Caller.class.getName()) instanceof Caller caller) {
            return caller;
        }
        throw Problem.UNAUTHENTICATED.because("Send a valid access token or API key.");
    }

    /** The same caller by another request. */
    Caller by(Actor stranger) {
        return new Caller(stranger.as(userId(), keyId()), scopes, sandboxOnly, userLimits, keyLimits, session, expiresAt);
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(Caller.class.getName(), this);
        actor.attachTo(request);
    }

    public UUID userId() {
        return actor.userId().orElseThrow();
    }

    /** The API key, if the call was made with one. */
    public Optional<UUID> keyId() {
        return actor.keyId();
    }

    /** Sees what belongs to others. */
    public boolean mayReadAll() {
        return scopes.contains(Scope.ADMIN_READ);
    }

    /** Changes what belongs to others. */
    public boolean mayWriteAll() {
        return scopes.contains(Scope.ADMIN_WRITE);
    }
}
