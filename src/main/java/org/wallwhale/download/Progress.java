package org.wallwhale.download;

import java.util.UUID;

/**
 * How far a running download is. Sampled, sent and forgotten: it is never stored.
 *
 * @param bytesTotal null while unknown
 * @param etaSeconds null while unknown
 */
public record Progress(UUID downloadId, UUID userId, int percent, long bytesDone, Long bytesTotal, long bytesPerSecond, Long etaSeconds) {
    static Progress none(Download download) {
        return new Progress(download.id(), download.wish().userId(), 0, 0, null, 0, null);
    }
}
