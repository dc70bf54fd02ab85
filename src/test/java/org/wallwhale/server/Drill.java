package org.wallwhale.server;

import java.util.List;

/**
 * How a cluster is treated while it works.
 *
 * @param downloads that must be accepted
 * @param kills by SIGKILL, each followed by a new start
 * @param pauses by SIGSTOP, for two leases
 * @param restarts of PostgreSQL, as {@code -m immediate} does
 */
record Drill(String name, int instances, boolean onPostgres, int downloads, int kills, int pauses, int restarts) {
    /** {@code short} is part of every check, {@code medium} of the one with everything. */
    static List<Drill> of(String form) {
        return switch (form) {
            case "short" -> List.of(
                    new Drill("three", 3, true, 24, 1, 1, 1));
            case "medium" -> List.of(
                    new Drill("H2", 1, false, 40, 3, 0, 0),
                    new Drill("PostgreSQL", 1, true, 40, 3, 0, 1),
                    new Drill("three", 3, true, 60, 3, 1, 1));
            case "long" -> List.of(
                    new Drill("H2", 1, false, 200, 10, 0, 0),
                    new Drill("PostgreSQL", 1, true, 200, 10, 0, 5),
                    new Drill("three", 3, true, 200, 10, 2, 5));
            default -> throw new IllegalArgumentException("chaos.form is short, medium or long, not " + form);
        };
    }

    int troubles() {
        return kills + pauses + restarts;
    }

    /** The tests run on few cores. */
    int slots() {
        return instances == 1 ? 4 : 2;
    }
}
