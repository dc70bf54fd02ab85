package org.wallwhale.download;

import java.time.Instant;

/**
 * One run of a download.
 *
 * @param number counts from 1
 * @param instance the server that ran it
 * @param endedAt null while it runs
 * @param outcome {@code success}, {@code canceled}, {@code interrupted}, or the code of what it failed by; null while it runs
 * @param message what happened, a sentence; null where nothing went wrong
 * @param advice what to do about it, a sentence; null where there is none
 * @param exitCode of the tool, where it is not 0 and was seen
 */
public record AttemptView(int number, String instance, Instant startedAt, Instant endedAt, String outcome, String message, String advice,
        Integer exitCode, Phases phases) {
    /**
     * When the run first entered each phase; null for one that it did not enter, and where an older version ran it.
     *
     * @param ready the end of a run that succeeded
     */
    public record Phases(Instant login, Instant needsInput, Instant downloading, Instant verifying, Instant ready) {
    }
}
