package org.wallwhale.health;

import java.util.List;

/**
 * What {@code /status} says.
 *
 * @param troubles with cause and cure, the worst first; empty when {@code status} is {@code ok}
 */
public record StatusView(State status, Services services, Figures metrics, List<Trouble> troubles) {
    /** Whether anything is wrong. */
    public enum State { OK, DEGRADED, DOWN }

    /** Whether the database answers. */
    public enum Connection { CONNECTED, DISCONNECTED }

    /** Whether downloads can come from Steam at the moment, as far as is known here. */
    public enum Readiness { READY, UNAVAILABLE }

    /** Whether the data folder takes files. */
    public enum Access { WRITABLE, READONLY }

    /** What the server needs. */
    public record Services(Connection database, Readiness steam, Access filesystem) {
    }

    /**
     * What this instance uses.
     *
     * @param uptime seconds since its start
     * @param activeJobs downloads that it runs
     */
    public record Figures(long uptime, Memory memory, int activeJobs) {
    }

    /** Of the Java heap, in bytes; {@code total} is the most it may have. */
    public record Memory(long used, long total) {
    }
}
