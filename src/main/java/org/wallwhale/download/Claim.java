package org.wallwhale.download;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The right to run one download, valid until its lease ends or a newer claim overtakes it.
 *
 * @param fence every write of the run carries this number
 * @param accountName the one Steam account that it may log in with; empty where the server chooses
 * @param exportFolder where the content is copied to below the export root; what the sandbox made has a level of its own there
 * @param attempt counts the runs of this download, from 1
 * @param maxRuntime what the owner's or the API key's limit says, the smaller of the two; empty where neither says anything
 * @param partOfCollection whether its item was found in one
 * @param tries counts those that failed or run since somebody last wanted it, from 1
 * @param lastError the code of what the run before failed by
 */
public record Claim(UUID downloadId, UUID userId, long fence, int attempt, int tries, long appId, String pubfileId, Source source,
        Optional<String> accountName, Optional<String> exportFolder, Optional<Duration> maxRuntime, boolean partOfCollection,
        Optional<String> lastError) {
    /** The same run of the item with the app that it turned out to be for. */
    public Claim withApp(long knownAppId) {
        return new Claim(downloadId, userId, fence, attempt, tries, knownAppId, pubfileId, source, accountName, exportFolder, maxRuntime,
                partOfCollection, lastError);
    }

    static Claim of(Download download, int maxAttempts) {
        return of(download, maxAttempts, Optional.empty());
    }

    static Claim of(Download download, int maxAttempts, Optional<Duration> maxRuntime) {
        Wish wish = download.wish();
        return new Claim(download.id(), wish.userId(), download.lease().fence(), download.attempts().made(),
                Math.max(1, maxAttempts - download.attempts().left()), wish.appId(), wish.pubfileId(), wish.source(),
                Optional.ofNullable(wish.accountName()),
                Optional.ofNullable(wish.exportFolder()).map(folder -> wish.source() == Source.SANDBOX ? "sandbox/" + folder : folder),
                maxRuntime, download.parentId() != null, download.attempts().error().map(Failure::code));
    }
}
