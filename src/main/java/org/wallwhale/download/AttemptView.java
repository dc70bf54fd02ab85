package org.wallwhale.download;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One run of a download.
 *
 * @param number counts from 1
 * @param instance the server that ran it
 * @param endedAt null while it runs
 * @param outcome {@code success}, {@code canceled}, {@code interrupted}, {@code waiting} (nobody may log in for it now; it did not count),
 *     {@code expanded} (it is a collection), or the code of what it failed by; null while it runs
 * @param message what happened, a sentence; null where nothing went wrong
 * @param advice what to do about it, a sentence; null where there is none
 * @param exitCode of the tool, where it is not 0 and was seen
 */
public record AttemptView(int number, String instance, Instant startedAt, Instant endedAt, String outcome, String message, String advice,
        Integer exitCode, Phases phases) {
    /**
     * When the run first entered each phase.
     *
     * @param login its beginning
     * @param needsInput null where Steam Guard asked nothing
     * @param downloading null where it did not come so far, as with content that lay in the store
     * @param verifying null where it did not come so far
     * @param ready its end; null where it did not succeed
     */
    @Schema(name = "AttemptPhases")
    public record Phases(Instant login, Instant needsInput, Instant downloading, Instant verifying, Instant ready) {
    }
}
