package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.wallwhale.download.BatchService;
import org.wallwhale.store.CleanupService.Removed;

/** Keeps the store within its time and its disk. Every step can be killed anywhere: rows go first, folders without a row follow. */
@ApplicationScoped
public class StoreCleanup {
    private static final Logger LOG = System.getLogger(StoreCleanup.class.getName());
    /** Only to have fewer rows asked for: clocks of instances and of disks differ, and so decide nothing. */
    private static final Duration ROWLESS_AGE = Duration.ofHours(1);
    private CleanupService rows;
    private BatchService batches;
    private StoreFolder folder;
    private StoreConfig config;

    StoreCleanup() {
    }

    @Inject
    StoreCleanup(CleanupService rows, BatchService batches, StoreFolder folder, StoreConfig config) {
        this.rows = rows;
        this.batches = batches;
        this.folder = folder;
        this.config = config;
    }

    /**
     * Removes content past its time, then the oldest content as the disk is short, then batches that nothing is left of, then folders
     * without a row and those left empty. Never throws, because a server may give up a timer that does; what could not be done keeps
     * nothing else from being done, and is tried again by the next run.
     */
    public void run() {
        step(this::removeExpired);
        step(this::makeRoom);
        step(() -> config.keptFor().ifPresent(this::dropBatches));
        step(this::sweep);
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void step(Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "The store could not be cleaned; it is tried again.", e);
        }
    }

    private void removeExpired() {
        for (Optional<Removed> over = rows.removeExpired(Instant.EPOCH); over.isPresent(); over = rows.removeExpired(over.get().createdAt())) {
            delete(over.get(), "its time is over");
        }
    }

    private void sweep() throws IOException {
        for (String name : folder.olderThan(ROWLESS_AGE)) {
            if (!rows.isNeeded(name)) {
                delete(name);
            }
        }
        folder.deleteEmpty();
    }

    private void dropBatches(Duration age) {
        while (batches.dropSome(age)) {
            continue;
        }
    }

    /**
     * What is missing is counted down and not measured again: a folder that stays, a zip that is being read and a disk that others
     * fill would otherwise cost one content after the other without freeing a byte.
     */
    private void makeRoom() throws IOException {
        long missing = config.minFreeBytes() - folder.freeBytes();
        while (missing > 0) {
            Optional<Removed> oldest = rows.removeOldest();
            if (oldest.isEmpty() || !delete(oldest.get(), "the disk is short of space")) {
                return;
            }
            missing -= oldest.get().sizeBytes();
        }
    }

    private boolean delete(Removed content, String why) {
        LOG.log(Level.INFO, "Removed content " + content.folder() + ": " + why + ".");
        return delete(content.folder());
    }

    /** A folder that stays has no row any longer, and is swept when it is old. */
    private boolean delete(String name) {
        try {
            folder.delete(name);
            return true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The folder " + name + " of the store could not be deleted; it is tried again.", e);
            return false;
        }
    }
}
