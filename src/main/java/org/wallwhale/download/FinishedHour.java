package org.wallwhale.download;

import java.time.Instant;

/**
 * What finished within an hour.
 *
 * @param hour its beginning
 * @param bytes of the content of what succeeded, whether it was fetched or lay in the store
 */
public record FinishedHour(Instant hour, long success, long failed, long canceled, long bytes) {
}
