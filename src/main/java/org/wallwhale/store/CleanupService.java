package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.download.DownloadService;

/** Removes the rows of content, one content a transaction, and returns the folder that may go then. */
@ApplicationScoped
class CleanupService {
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

    @Transactional
    Optional<String> removeExpired() {
        return contents.findExpired(clock.now(), 1).stream().findFirst().map(this::remove);
    }

    @Transactional
    Optional<String> removeOldest() {
        return contents.findOldest().map(this::remove);
    }

    @Transactional
    boolean isContent(String folder) {
        return contents.hasFolder(folder);
    }

    private String remove(Content content) {
        downloads.forgetContent(content.id());
        contents.remove(content.id());
        return content.folder();
    }
}
