package org.wallwhale.engine;

/**
 * How far a run is, from bytes that really lie on the disk.
 *
 * @param bytesDone allocated bytes of content so far
 * @param bytesTotal the content's size, or -1 while unknown
 * @param bytesPerSecond smoothed over some seconds
 * @param etaSeconds the rest at this speed, or -1 while unknown
 * @param percent 0 to 100; never falls within a run, and is 100 only after the run was judged
 */
public record Progress(long bytesDone, long bytesTotal, long bytesPerSecond, long etaSeconds, int percent) {
}
