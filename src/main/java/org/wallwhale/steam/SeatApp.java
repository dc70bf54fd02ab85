package org.wallwhale.steam;

import java.util.UUID;

/** What was learned of a seat and an app: an item came, or Steam did not give it. */
record SeatApp(UUID seatId, long appId, boolean works) {
}
