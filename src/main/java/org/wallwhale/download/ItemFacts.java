package org.wallwhale.download;

import java.util.Optional;

/**
 * What Steam publicly says of a download's item.
 *
 * @param appId what it is fetched with; 0 where nothing is said
 * @param title of at most 300 characters
 * @param previewUrl of at most 500 characters
 * @param sizeBytes what its content will need; -1 where nothing is said
 */
public record ItemFacts(long appId, String title, Optional<String> previewUrl, long sizeBytes) {
}
