package org.wallwhale.download;

/**
 * The part of a download's log that belongs to one run.
 *
 * @param after the number before its first entry
 * @param until its last entry's number; {@link #OPEN} while there may be more
 * @param newest the newest number of the whole log
 */
public record LogSpan(long after, long until, long newest) {
    public static final long OPEN = Long.MAX_VALUE;
}
