package org.wallwhale.server;

/**
 * What was done to a cluster and for how long, in milliseconds of the clock that all its processes share.
 *
 * @param instance empty when it was the database
 * @param to when all was well again
 */
record Disturbance(Trouble.Kind kind, String instance, long from, long to) {
    boolean isOf(String name) {
        return instance.equals(name);
    }

    boolean overlaps(long begin, long end) {
        return begin <= to && end >= from;
    }

    boolean isOfDatabase() {
        return kind == Trouble.Kind.DATABASE;
    }
}
