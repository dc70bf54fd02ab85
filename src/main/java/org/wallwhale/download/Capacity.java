package org.wallwhale.download;

/**
 * How much may run at once.
 *
 * @param perUser downloads of a user whose own limit says nothing
 * @param total downloads of all instances of this database together
 * @param freeBytes what may still be written to the disk of the data folder; none or less stops every start
 */
record Capacity(int perUser, int total, long freeBytes) {
}
