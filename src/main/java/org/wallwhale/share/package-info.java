/**
 * Promises that somebody without an account gets what an owner shares by a link, and nothing else, until the link ends, and never more of it
 * than the link allows. Owns the tables {@code shares} and {@code share_reservations}, which are of no use to whoever steals them: links are
 * derived from ids by a key that lies in the data folder. {@code server} and {@code cli} may import it; it reads {@code store},
 * {@code download}, {@code access} and which instances live.
 */
package org.wallwhale.share;
