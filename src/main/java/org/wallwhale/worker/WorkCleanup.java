package org.wallwhale.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.wallwhale.download.ClaimService;

/** Deletes work folders that no run will go on from: of downloads that are deleted, canceled, or failed more than a day ago. */
@ApplicationScoped
public class WorkCleanup {
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

    public void run() {
        for (UUID download : folders.downloads()) {
            if (!claims.mayResume(download, KEPT_AFTER_FAILURE)) {
                folders.clean(download);
            }
        }
    }
}
