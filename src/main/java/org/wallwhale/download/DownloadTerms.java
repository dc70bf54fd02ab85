package org.wallwhale.download;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;

/**
 * What may be changed about a download that has not finished.
 *
 * @param priority higher goes first; 0 if null
 * @param startAt not before this time, which is also where the wait for the next attempt stands; null for at once
 */
public record DownloadTerms(
        @Min(value = -100, message = "priority is below -100") @Max(value = 100, message = "priority is above 100") Integer priority,
        Instant startAt) {
    static DownloadTerms of(Download download) {
        return new DownloadTerms(download.wish().priority(), download.attempts().startAt());
    }

    /** What became of it, for its log. */
    String sentence() {
        return "Its priority is " + priority + (startAt == null ? "." : "; it starts at " + startAt + ", not before.");
    }
}
