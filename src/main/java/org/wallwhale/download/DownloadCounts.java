package org.wallwhale.download;

/**
 * How many downloads there are of each kind, without the items of collections. Each number is at most 1,000, which means "so many or
 * more", and is read by itself: {@code all} may not be the sum of the others.
 *
 * @param waiting queued ones
 * @param running those that ask for input included
 * @param needsInput running ones that wait for an answer to Steam Guard
 */
public record DownloadCounts(long all, long waiting, long running, long needsInput, long success, long failed, long canceled) {
}
