package org.wallwhale.store;

import java.util.List;

/**
 * Content that lies in the store but is none yet: that takes a committed row.
 *
 * @param folder relative to the store
 * @param files in the order of their paths
 */
public record Arrival(ContentKey key, String folder, List<ContentFile> files) {
    public long sizeBytes() {
        return files.stream().mapToLong(ContentFile::sizeBytes).sum();
    }
}
