package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;
import org.wallwhale.download.DownloadService;

/** Removes the rows of content, one content a transaction, and says what may go from the disk then. */
@ApplicationScoped
class CleanupService {
    /** Content without a row: nobody is served it any longer. */
    record Removed(String folder, long sizeBytes, Instant createdAt) {
    }

    private static final Pattern FENCE = Pattern.compile("-([0-9]{1,18})$");
    private ContentRepository contents;
    private DownloadService downloads;
    private ClockRepository clock;

    CleanupService() {
    }

    @Inject
    CleanupService(ContentRepository contents, DownloadService downloads, ClockRepository clock) {
        this.contents = contents;
        this.downloads = downloads;
        this.clock = clock;
    }

    /** The oldest from {@code since} on: whoever goes on from the last one does not look at those again that are kept. */
    @NeedsNoRoom
    @Transactional
    Optional<Removed> removeExpired(Instant since) {
        return contents.findExpired(since, clock.now()).map(this::remove);
    }

    @NeedsNoRoom
    @Transactional
    Optional<Removed> removeOldest() {
        return contents.findOldest().map(this::remove);
    }

    /**
     * Whether the folder is some content's, or may become that: its run has not ended. In this order, because a run that ends in
     * between has made it content.
     */
    @NeedsNoRoom
    @Transactional
    boolean isNeeded(String folder) {
        Matcher fence = FENCE.matcher(folder);
        return fence.find() && downloads.isRunning(Long.parseLong(fence.group(1))) || contents.hasFolder(folder);
    }

    /** Of all content. */
    @Transactional
    @NeedsNoRoom
    ContentRepository.Stored stored() {
        return contents.stored();
    }

    private Removed remove(Content content) {
        downloads.forgetContent(content.id());
        contents.remove(content.id());
        return new Removed(content.folder(), content.sizeBytes(), content.createdAt());
    }
}
