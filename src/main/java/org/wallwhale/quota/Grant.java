package org.wallwhale.quota;

import java.time.Instant;

/**
 * Permits that the database gave to this instance.
 *
 * @param permits may be fewer than asked for, and none at all
 * @param unclaimed how many the database has left to give
 * @param windowStart which UTC minute, day or month it is, by the database's clock
 * @param windowEndsInNanos from the moment before the database was asked, so that it is never later than the window's end
 */
record Grant(long permits, long unclaimed, Instant windowStart, long windowEndsInNanos) {
}
