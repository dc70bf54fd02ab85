package org.wallwhale.access;

import java.time.Instant;

/**
 * What happened to an account before its owner came, for the owner to see whether it was somebody else.
 *
 * @param lastLoginAt the login before that of the session; null when it is the first, and for a call without a session
 * @param failedLogins since then; null for a call without a session
 */
public record PastLogins(Instant lastLoginAt, FailedLogins failedLogins) {
    /** Of a call without a session: an API key may be in the hands of people whom this does not concern. */
    static final PastLogins UNTOLD = new PastLogins(null, null);

    /**
     * Tries with a wrong password, on all instances. They are told up to a minute later.
     *
     * @param lastAt null when there was none
     */
    public record FailedLogins(int count, Instant lastAt) {
    }

    static PastLogins of(User user, Session session) {
        int count = user.failedLogins() - session.failedBefore();
        return new PastLogins(session.previousLoginAt(), new FailedLogins(count, count == 0 ? null : user.lastFailedLoginAt()));
    }
}
