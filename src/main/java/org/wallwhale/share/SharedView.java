package org.wallwhale.share;

import java.time.Instant;
import java.util.List;

/**
 * What there is behind a link. While a password is needed, nothing of it is told.
 *
 * @param title null where there is none, as of several items
 * @param previewUrl a picture at Steam's; null where there is none
 * @param fileCount of all items together; null while a password is needed
 * @param sizeBytes of all their files together; null while a password is needed
 * @param expiresAt when the link ends; null while a password is needed
 * @param needsPassword true until the password was sent
 * @param items one, or those of a collection or list
 */
public record SharedView(String title, String previewUrl, Integer fileCount, Long sizeBytes, Instant expiresAt, boolean needsPassword,
        List<SharedItem> items) {
    static SharedView locked() {
        return new SharedView(null, null, null, null, null, true, List.of());
    }
}
