package org.wallwhale.download;

import java.util.UUID;

/** Something about a download was committed. Observe it AFTER_SUCCESS, and only to wake up: what counts is what the tables say. */
public record DownloadChanged(UUID id, UUID userId, Status status, Phase phase) {
    static DownloadChanged of(Download download) {
        return new DownloadChanged(download.id(), download.wish().userId(), download.status(), download.phase());
    }
}
