package org.wallwhale.download;

import java.util.UUID;

/**
 * Something about a download was committed. Observe it AFTER_SUCCESS, and only to wake up: what counts is what the tables say.
 *
 * @param fence of the newest claim: what an event that comes late says of a run holds for no later one
 */
public record DownloadChanged(UUID id, UUID userId, Status status, Phase phase, long fence) {
    static DownloadChanged of(Download download) {
        return new DownloadChanged(download.id(), download.wish().userId(), download.status(), download.phase(), download.lease().fence());
    }
}
