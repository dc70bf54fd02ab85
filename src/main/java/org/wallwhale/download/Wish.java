package org.wallwhale.download;

import java.time.Instant;
import java.util.UUID;

/** A checked wish: whose, which item, from where, and how. */
record Wish(UUID userId, UUID apiKeyId, String pubfileId, long appId, Source source, String accountName, String saveRoot,
        int priority, Instant startAt) {
}
