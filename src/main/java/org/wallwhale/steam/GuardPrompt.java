package org.wallwhale.steam;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What Steam Guard asks of a person.
 *
 * @param kind what is wanted
 * @param hint the masked mail address that a code was sent to; empty for the other kinds
 * @param attempt 1 for the first question, 2 after a wrong code
 * @param until when it is given up
 */
public record GuardPrompt(Kind kind, String hint, int attempt, Instant until) {
    /** What a person can do. The same names as the engine's. */
    @Schema(name = "GuardKind")
    public enum Kind {
        AUTHENTICATOR_CODE,
        EMAIL_CODE,
        /** Approve the sign-in in the Steam mobile app: there is nothing to type. */
        MOBILE_APPROVAL
    }
}
