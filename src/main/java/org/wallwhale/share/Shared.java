package org.wallwhale.share;

import java.util.UUID;

/** What a link leads to: a download, or a batch of them. */
record Shared(UUID id, boolean isBatch) {
    /** Below the API's root. */
    String path() {
        return (isBatch ? "batches/" : "downloads/") + id;
    }
}
