package org.wallwhale.download;

/**
 * How much of the store a user fills, in bytes: each content once, however many of the user's finished downloads refer to it.
 *
 * @param limit null where there is none
 */
public record Storage(long used, Long limit) {
    /** Whether nothing may be added, however small. */
    boolean full() {
        return limit != null && used >= limit;
    }
}
