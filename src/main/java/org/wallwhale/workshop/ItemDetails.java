package org.wallwhale.workshop;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the public item details say of an item or a collection.
 *
 * @param appId what the item is for; 0 where nothing is said
 * @param title without control characters, of at most 200 characters
 * @param previewUrl an {@code https} address of one of Steam's image hosts
 * @param sizeBytes of the content; -1 where nothing is said
 * @param manifestId the version of content that lies in a depot
 * @param webFile of an old item, which then has no manifest
 * @param updatedAt the version of a web file; the epoch where nothing is said
 * @param children ids of what a collection holds, in its order; empty for an item
 */
public record ItemDetails(String pubfileId, long appId, String title, Optional<String> previewUrl, long sizeBytes,
        Optional<String> manifestId, Optional<WebFile> webFile, Instant updatedAt, List<String> children) implements Item {
    public boolean isCollection() {
        return !children.isEmpty();
    }

    /** What the store tells versions of the item apart by; empty where Steam says nothing of it. */
    public Optional<String> version() {
        return webFile.isEmpty() ? manifestId
                : Optional.of(updatedAt).filter(Instant.EPOCH::isBefore).map(time -> String.valueOf(time.getEpochSecond()));
    }
}
