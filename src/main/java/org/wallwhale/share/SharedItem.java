package org.wallwhale.share;

/**
 * One of the items behind a link.
 *
 * @param name what its own zip is asked for by, and its folder in the zip of all, unless it is all itself
 * @param title null where there is none
 */
public record SharedItem(String name, String title, int fileCount, long sizeBytes) {
}
