package org.wallwhale.download;

import java.util.UUID;

/** Another instance committed something about a download. What it was, the tables say. */
public record ChangedElsewhere(UUID id, UUID userId) {
}
