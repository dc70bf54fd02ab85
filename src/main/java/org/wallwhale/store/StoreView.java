package org.wallwhale.store;

/**
 * How full the store is that all instances share.
 *
 * @param usedBytes of all content, as it was when the server last looked, a minute ago at most
 * @param contents how many there are, seen at the same time
 * @param freeBytes of its file system, now
 * @param totalBytes of its file system
 * @param lowWatermarkBytes so many bytes are kept free: below it no download starts, and the oldest content goes early
 * @param highWatermarkBytes until so many are free: the same number, because no more is removed than is missing
 */
public record StoreView(long usedBytes, long contents, long freeBytes, long totalBytes, long lowWatermarkBytes, long highWatermarkBytes) {
}
