package org.wallwhale.download;

import java.time.Instant;

/** The child process of a run, by process id and start time. */
public record Child(long pid, Instant startedAt) {
}
