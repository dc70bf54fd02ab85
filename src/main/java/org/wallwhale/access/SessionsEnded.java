package org.wallwhale.access;

import java.util.UUID;

/** Some or all sessions of a user were ended. */
public record SessionsEnded(UUID userId) {
}
