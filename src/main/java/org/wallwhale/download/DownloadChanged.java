package org.wallwhale.download;

import java.util.UUID;

/**
 * Something about a download was committed. Observe it AFTER_SUCCESS, and only to wake up: what counts is what the tables say.
 *
 * @param logSeq the newest number of the log of the download
 */
public record DownloadChanged(UUID id, UUID userId, Status status, Phase phase, long logSeq) {
    static DownloadChanged of(Download download) {
        return new DownloadChanged(download.id(), download.wish().userId(), download.status(), download.phase(), download.logSeq());
    }
}
