package org.wallwhale.download;

import java.util.Optional;
import java.util.UUID;

/**
 * The right to run one download, valid until its lease ends or a newer claim overtakes it.
 *
 * @param fence every write of the run carries this number
 * @param exportFolder where the content is copied to below the export root; what the sandbox made has a level of its own there
 * @param attempt counts the runs of this download, from 1
 * @param tries counts those that failed or run since somebody last wanted it, from 1
 */
public record Claim(UUID downloadId, UUID userId, long fence, int attempt, int tries, long appId, String pubfileId, Source source,
        Optional<String> accountName, Optional<String> exportFolder) {
    static Claim of(Download download, int maxAttempts) {
        return new Claim(download.id(), download.userId(), download.lease().fence(), download.attempt(),
                Math.max(1, maxAttempts - download.attemptsLeft()), download.appId(), download.pubfileId(), download.source(), Optional.ofNullable(download.accountName()),
                Optional.ofNullable(download.exportFolder()).map(folder -> download.source() == Source.SANDBOX ? "sandbox/" + folder : folder));
    }
}
