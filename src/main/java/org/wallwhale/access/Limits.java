package org.wallwhale.access;

import jakarta.validation.constraints.Min;

/**
 * How much a user or an API key may do. Null means the server's default; a user's limits also bind the sum of the user's keys.
 *
 * @param rateLimit requests per UTC minute
 * @param quotaDaily requests per UTC day
 * @param quotaMonthly requests per UTC month
 * @param downloadsDaily accepted downloads per UTC day
 * @param downloadsMonthly accepted downloads per UTC month
 * @param maxConcurrent running downloads; more of them wait in the queue
 * @param maxRuntimeSeconds of one download
 */
public record Limits(
        @Min(value = 1, message = "rateLimit must be at least 1") Integer rateLimit,
        @Min(value = 1, message = "quotaDaily must be at least 1") Integer quotaDaily,
        @Min(value = 1, message = "quotaMonthly must be at least 1") Integer quotaMonthly,
        @Min(value = 0, message = "downloadsDaily must be at least 0") Integer downloadsDaily,
        @Min(value = 0, message = "downloadsMonthly must be at least 0") Integer downloadsMonthly,
        @Min(value = 1, message = "maxConcurrent must be at least 1") Integer maxConcurrent,
        @Min(value = 10, message = "maxRuntimeSeconds must be at least 10") Integer maxRuntimeSeconds) {
    /** All the server's defaults. */
    public static final Limits DEFAULTS = new Limits(null, null, null, null, null, null, null);
}
