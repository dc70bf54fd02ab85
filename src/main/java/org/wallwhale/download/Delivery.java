package org.wallwhale.download;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The content that a run brought in.
 *
 * @param keptFor how long the store keeps it; empty means for ever
 */
public record Delivery(UUID contentId, String version, long sizeBytes, Optional<Duration> keptFor) {
}
