package org.wallwhale.store;

import java.util.List;

/**
 * Content on its way into the store. It is content only by a committed row.
 *
 * @param folder where it will lie, relative to the store
 * @param files in the order of their paths
 */
public record Arrival(ContentKey key, String folder, List<ContentFile> files) {
    static Arrival of(ContentKey key, long fence, List<ContentFile> files) {
        return new Arrival(key, String.join("/", key.source(), String.valueOf(key.appId()), key.pubfileId(),
                key.version() + "-" + fence), files);
    }

    public long sizeBytes() {
        return files.stream().mapToLong(ContentFile::sizeBytes).sum();
    }
}
