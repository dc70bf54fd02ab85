package org.wallwhale.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.wallwhale.download.ClaimService;

/** Deletes work folders that no run will go on from: of downloads that are deleted, canceled, or failed more than a day ago. */
@ApplicationScoped
public class WorkCleanup {
    private static final Logger LOG = System.getLogger(WorkCleanup.class.getName());
    private static final Duration KEPT_AFTER_FAILURE = Duration.ofDays(1);
    private WorkFolders folders;
    private ClaimService claims;

    WorkCleanup() {
    }

    @Inject
    WorkCleanup(WorkFolders folders, ClaimService claims) {
        this.folders = folders;
        this.claims = claims;
    }

    /** Never throws, because a server may give up a timer that does; what could not be done is tried again by the next run. */
    public void run() {
        try {
            folders.all().forEach(this::cleanUnlessLive);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The work folders could not be listed; it is tried again.", e);
        }
    }

    private void cleanUnlessLive(WorkFolder folder) {
        try {
            if (!claims.mayResume(folder.downloadId(), KEPT_AFTER_FAILURE)) {
                folders.delete(folder);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The folder of download " + folder.downloadId() + " could not be deleted; it is tried again.",
                    e);
        }
    }
}
