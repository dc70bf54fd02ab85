package org.wallwhale.engine;

/**
 * A question of Steam Guard, recognised on standard error only.
 *
 * @param kind what is asked for
 * @param hint the masked mail address as printed, or empty
 * @param attempt 1 for the first question, 2 after a wrong code
 */
public record Prompt(Kind kind, String hint, int attempt) {
    /** What Steam wants. */
    public enum Kind {
        AUTHENTICATOR_CODE,
        EMAIL_CODE,
        /** Approval in the mobile app: nothing can be typed, the engine only waits. */
        MOBILE_APPROVAL
    }
}
