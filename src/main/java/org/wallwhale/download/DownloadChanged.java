package org.wallwhale.download;

import java.util.UUID;

/**
 * Something about a download was committed. Observe it AFTER_SUCCESS, and only to wake up: what counts is what the tables say.
 *
 * @param logSeq the newest number of the log of the download
 * @param fence of the newest claim: what an event that comes late says of a run holds for no later one
 */
public record DownloadChanged(UUID id, UUID userId, Status status, Phase phase, long logSeq, long fence) {
    static DownloadChanged of(Download download) {
        return new DownloadChanged(download.id(), download.userId(), download.status(), download.phase(), download.logSeq(),
                download.lease().fence());
    }
}
