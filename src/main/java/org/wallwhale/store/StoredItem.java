package org.wallwhale.store;

/**
 * One of the items that a download or a batch has content of.
 *
 * @param name that of its folder in the zip of all
 * @param sizeBytes of its files
 */
public record StoredItem(String name, String pubfileId, int fileCount, long sizeBytes) {
}
