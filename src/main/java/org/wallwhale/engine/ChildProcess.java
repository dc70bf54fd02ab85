package org.wallwhale.engine;

import java.time.Instant;

/**
 * Identifies a child across restarts of the server: a process id alone is reused by the system.
 *
 * @param startedAt the system's own start time of the process, from {@link ProcessHandle.Info#startInstant()}
 */
public record ChildProcess(long pid, Instant startedAt) {
}
