package org.wallwhale.steam;

import java.util.UUID;

/** What was learned of a seat and an app: an item came, or Steam does not give the app to it. */
record SeatApp(UUID seatId, long appId, boolean works) {
}
