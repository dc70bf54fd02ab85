package org.wallwhale.quota;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How an API key was used.
 *
 * @param usage by day, then by endpoint; days without a call are left out
 * @param total of all entries
 */
public record KeyUsage(List<Entry> usage, long total) {
    static KeyUsage of(List<Entry> usage) {
        return new KeyUsage(usage, usage.stream().mapToLong(Entry::requests).sum());
    }

    /**
     * Calls of one endpoint on one day.
     *
     * @param day in UTC, such as {@code 2026-01-31}
     * @param endpoint method and path template; {@code other} for calls that no endpoint took
     */
    @Schema(name = "KeyUsageEntry")
    public record Entry(String day, String endpoint, long requests) {
    }
}
