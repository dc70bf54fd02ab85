package org.wallwhale.steam;

import java.util.UUID;

/**
 * The right to log in with one HOME: an account's, which one run at a time has, or the anonymous one, of which each slot has its own.
 *
 * @param id the account's, or {@link #ANONYMOUS}
 * @param alias null for the anonymous one
 */
public record Seat(UUID id, String alias) {
    public static final UUID ANONYMOUS = new UUID(0, 0);

    static Seat anonymous() {
        return new Seat(ANONYMOUS, null);
    }

    public boolean isAnonymous() {
        return id.equals(ANONYMOUS);
    }
}
