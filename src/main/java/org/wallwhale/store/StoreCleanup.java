package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/** Keeps the store within its time and its disk. Every step can be killed anywhere: rows go first, folders without a row follow. */
@ApplicationScoped
public class StoreCleanup {
    private static final Logger LOG = System.getLogger(StoreCleanup.class.getName());
    /** Longer than any settle takes, so that no arrival on its way to its row is swept. */
    private static final Duration ROWLESS_AGE = Duration.ofHours(1);
    private CleanupService rows;
    private StoreFolder folder;
    private StoreConfig config;

    StoreCleanup() {
    }

    @Inject
    StoreCleanup(CleanupService rows, StoreFolder folder, StoreConfig config) {
        this.rows = rows;
        this.folder = folder;
        this.config = config;
    }

    /**
     * Removes content past its time, then the oldest content while the disk is short, then folders without a row, then those left empty. Never throws,
     * because a server may give up a timer that does; what could not be done is tried again by the next run.
     */
    public void run() {
        try {
            while (removed(rows.removeExpired(), "its time is over")) {
                continue;
            }
            while (folder.freeBytes() < config.minFreeBytes() && removed(rows.removeOldest(), "the disk is short of space")) {
                continue;
            }
            for (String name : folder.olderThan(ROWLESS_AGE)) {
                if (!rows.isContent(name)) {
                    delete(name);
                }
            }
            folder.deleteEmpty();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "The store could not be cleaned; it is tried again.", e);
        }
    }

    private boolean removed(Optional<String> name, String why) {
        name.ifPresent(content -> {
            delete(content);
            LOG.log(Level.INFO, "Removed content " + content + ": " + why + ".");
        });
        return name.isPresent();
    }

    /** A folder that stays has no row any longer, and is swept when it is old. */
    private void delete(String name) {
        try {
            folder.delete(name);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The folder " + name + " of the store could not be deleted; it is tried again.", e);
        }
    }
}
