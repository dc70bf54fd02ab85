package org.wallwhale.steam;

import java.time.Instant;

/** The right to test the login of an account, until the test ends or its time is over. */
public record TestTicket(Seat seat, Instant startedAt) {
    /** Tells it from other tests of the account. */
    public long fence() {
        return startedAt.toEpochMilli();
    }
}
