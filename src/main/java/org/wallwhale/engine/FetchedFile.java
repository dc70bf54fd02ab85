package org.wallwhale.engine;

/**
 * A regular file below the fetch's target.
 *
 * @param path relative, with forward slashes, already checked: not absolute, no {@code ..}, no link on the way
 */
public record FetchedFile(String path, long sizeBytes) {
}
