package org.wallwhale.access;

import java.util.UUID;

/**
 * A user was changed or deleted, or has a new password. Fired in the transaction of the change; whoever ends sessions observes it
 * there, everybody else AFTER_SUCCESS and only to wake up: what counts is what the tables say.
 *
 * @param endSessions true when what was logged in before must log in again
 */
public record UserChanged(UUID userId, boolean endSessions) {
}
