package org.wallwhale.download;

/**
 * How much may run at once.
 *
 * @param perUser downloads of a user whose own limit says nothing
 * @param total downloads of all instances of this database together
 * @param freeBytes what may still be written to the disk of the data folder; none or less stops every start
 * @param outgoingAddress whose logins to Steam are counted together
 */
record Capacity(int perUser, int total, long freeBytes, String outgoingAddress) {
    /** Of an instance that says nothing of where it goes out. */
    Capacity(int perUser, int total, long freeBytes) {
        this(perUser, total, freeBytes, "default");
    }
}
