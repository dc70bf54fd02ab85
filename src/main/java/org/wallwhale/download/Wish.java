package org.wallwhale.download;

import java.time.Instant;
import java.util.UUID;

/**
 * A checked wish: whose, which item, from where, and how.
 *
 * @param exportFolder where the content is copied to below the export root; null when it is not
 */
record Wish(UUID userId, UUID apiKeyId, String pubfileId, long appId, Source source, String accountName, String saveRoot,
        String exportFolder, int priority, Instant startAt) {
}
