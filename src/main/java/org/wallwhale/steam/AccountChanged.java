package org.wallwhale.steam;

import java.util.UUID;

/**
 * A Steam account was made, changed or deleted. Fired in the transaction of the change; who observes a deletion there may refuse it
 * by an exception.
 */
public record AccountChanged(UUID accountId, boolean deleted) {
}
