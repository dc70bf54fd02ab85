package org.wallwhale.quota;

import java.time.Instant;

/**
 * How one limit stands.
 *
 * @param policy its name, as in {@code RateLimit-Policy}
 * @param used what is counted, and what instances have taken for calls to come
 * @param resetsAt the end of the present UTC minute, day or month
 */
public record Usage(String policy, long limit, long used, Instant resetsAt) {
}
