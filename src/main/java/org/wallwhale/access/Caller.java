package org.wallwhale.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.wallwhale.problem.Problem;

/**
 * Who is calling, whichever credential was sent.
 *
 * @param scopes written out, without {@code *}
 * @param keyId the API key, if the call was made with one
 * @param sandboxOnly true for a key of kind {@code test}
 */
public record Caller(UUID userId, Set<String> scopes, Optional<UUID> keyId, boolean sandboxOnly) {
    /** The caller of an authenticated request; UNAUTHENTICATED otherwise. */
    public static Caller of(HttpServletRequest request) {
        if (request.getAttribute(Caller.class.getName()) instanceof Caller caller) {
            return caller;
        }
        throw Problem.UNAUTHENTICATED.because("Send a valid access token or API key.");
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(Caller.class.getName(), this);
    }

    public boolean isAdministrator() {
        return scopes.contains(Scope.ADMIN_READ);
    }
}
