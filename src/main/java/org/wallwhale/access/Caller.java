package org.wallwhale.access;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.wallwhale.audit.Actor;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/**
 * Who is calling, whichever credential was sent.
 *
 * @param actor always with a user
 * @param scopes written out, without {@code *}
 * @param sandboxOnly true for a key of kind {@code test}
 * @param userLimits the user's
 * @param keyLimits the API key's, if the call was made with one
 * @param keyHash of the API key's text: the key lives on when it is rotated, the text does not
 * @param session of an access token of ours
 * @param expiresAt when an access token ends; empty for an API key, which is looked at again
 * @param mustChangePassword true for a token of a user whose password somebody else knows: it gives no scope. An API key never
 *        came from that password and goes on
 */
public record Caller(Actor actor, Set<String> scopes, boolean sandboxOnly, Limits userLimits, Optional<Limits> keyLimits,
        Optional<String> keyHash, Optional<UUID> session, Optional<Instant> expiresAt, boolean mustChangePassword) {
    public Caller {
        scopes = mustChangePassword ? Set.of() : scopes;
    }

    /** The caller of an authenticated request; UNAUTHENTICATED otherwise. */
    public static Caller of(HttpServletRequest request) {
        if (request.getAttribute(Caller.class.getName()) instanceof Caller caller) {
            return caller;
        }
        throw Problem.UNAUTHENTICATED.because("Send a valid access token or API key.");
    }

    /** Equal for all requests with this credential from this address. */
    public Caller whateverTheRequest() {
        return by(Actor.stranger(actor.address(), ""));
    }

    /** As {@link #whateverTheRequest}, however long the access token lasts: only what is taken from a person ends what was begun. */
    public Caller whileNotRevoked() {
        Caller always = whateverTheRequest();
        return new Caller(always.actor, scopes, sandboxOnly, userLimits, keyLimits, keyHash, session, expiresAt.map(end -> Instant.MAX),
                mustChangePassword);
    }

    /** The same caller by another request. */
    Caller by(Actor stranger) {
        return new Caller(stranger.as(userId(), keyId()), scopes, sandboxOnly, userLimits, keyLimits, keyHash, session, expiresAt,
                mustChangePassword);
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(Caller.class.getName(), this);
        actor.attachTo(request);
        if (mustChangePassword) {
            request.setAttribute(ProblemException.class.getName(), passwordFirst());
        }
    }

    private static ProblemException passwordFirst() {
        return Problem.PASSWORD_CHANGE_NEEDED.because("Change the password first: PUT /api/v1/me/password "
                + "{\"oldPassword\":…,\"newPassword\":…}. Nothing else works before, because somebody else may know the present one.");
    }

    /** FORBIDDEN without the scope, in the words of an operation that needs it for everybody. */
    void demand(String scope) {
        if (mustChangePassword) {
            throw passwordFirst();
        }
        if (!scopes.contains(scope)) {
            throw Problem.FORBIDDEN.because("This needs the scope " + scope + ", which these credentials do not have.");
        }
    }

    public UUID userId() {
        return actor.userId().orElseThrow();
    }

    /** The API key, if the call was made with one. */
    public Optional<UUID> keyId() {
        return actor.keyId();
    }

    /** The id of what was called with: the API key, or the user for a token. */
    public UUID credentialId() {
        return keyId().orElseGet(this::userId);
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
