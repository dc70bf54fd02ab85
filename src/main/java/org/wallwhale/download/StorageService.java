package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.problem.Problem;
import org.wallwhale.quota.QuotaConfig;

/**
 * Keeps users within their storage quota. Whoever may still submit learns only at the end of a run what it costs: its size is set
 * aside then, one run of a user after the other, and before the content goes anywhere. See docs/adr/0008.
 */
@ApplicationScoped
public class StorageService {
    private StorageRepository storage;
    private DownloadRepository downloads;
    private ClockRepository clock;
    private QuotaConfig config;

    StorageService() {
    }

    @Inject
    StorageService(StorageRepository storage, DownloadRepository downloads, ClockRepository clock, QuotaConfig config) {
        this.storage = storage;
        this.downloads = downloads;
        this.clock = clock;
        this.config = config;
    }

    @Transactional
    public Storage of(UUID userId) {
        return new Storage(storage.kept(userId), limit(userId));
    }

    /** STORAGE_QUOTA for an owner who has nothing left. In the caller's transaction. */
    void demandRoom(UUID userId) {
        if (limit(userId) != null && of(userId).full()) {
            throw Problem.STORAGE_QUOTA.because("There is no storage left: " + standing(userId)
                    + " Delete downloads that are no longer needed, or ask the administrator for more.");
        }
    }

    /**
     * How large the content of a run may become, in bytes. Generous before its version is known: it may be the one of this item
     * that the owner has, which costs nothing again.
     */
    @Transactional
    public long roomFor(Claim claim) {
        Long limit = limit(claim.userId());
        return limit == null ? Long.MAX_VALUE
                : Math.max(0, limit - storage.keptOrReserved(claim.userId(), claim.downloadId())) + storage.keptOf(claim, Optional.empty());
    }

    /**
     * Sets the size of a run's content aside, which counts from now until the run ends, and for as long as the download keeps the
     * content. False when it is more than the owner has left; content that the owner has already is never more. Empty, and
     * nothing is written, once a newer claim exists.
     */
    @Transactional
    public Optional<Boolean> reserve(Claim claim, String version, long sizeBytes) {
        downloads.lockOwner(claim.userId());
        return downloads.lockHeld(claim.downloadId(), claim.fence()).map(download -> {
            Long limit = limit(claim.userId());
            long more = sizeBytes - storage.keptOf(claim, Optional.of(version));
            if (limit != null && more > 0 && more > limit - storage.keptOrReserved(claim.userId(), claim.downloadId())) {
                return false;
            }
            download.reserve(version, sizeBytes, clock.now());
            return true;
        });
    }

    /** The error of a download that is too large for what its owner has left. */
    @Transactional
    public Failure failure(Claim claim) {
        return new Failure("storage_quota", "The item is larger than the storage that its owner has left: " + standing(claim.userId()),
                "Delete downloads that are no longer needed, or ask the administrator for more storage; then retry the download.");
    }

    private String standing(UUID userId) {
        Storage now = of(userId);
        return now.used() + (now.limit() == null ? "" : " of " + now.limit()) + " bytes are used.";
    }

    /** Null where there is none. */
    private Long limit(UUID userId) {
        return storage.quota(userId).or(config::storageBytes).orElse(null);
    }
}
