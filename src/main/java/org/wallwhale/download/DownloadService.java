package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;
import org.wallwhale.problem.Problem;
import org.wallwhale.quota.QuotaService;

/**
 * What owners do with their downloads. Each change is one transaction; {@link DownloadChanged} is fired inside and observed after the
 * commit. Somebody else's download is NOT_FOUND, except for an administrator.
 */
@ApplicationScoped
public class DownloadService {
    private DownloadRepository downloads;
    private QueueRepository queue;
    private LogRepository log;
    private StorageService storage;
    private QuotaService quota;
    private DownloadViews views;
    private CollectionService collections;
    private ClockRepository clock;
    private DownloadConfig config;
    private Event<DownloadChanged> changed;
    private AuditService audit;

    DownloadService() {
    }

    @Inject
    DownloadService(DownloadRepository downloads, QueueRepository queue, LogRepository log, StorageService storage, QuotaService quota, DownloadViews views,
            CollectionService collections, ClockRepository clock, DownloadConfig config, Event<DownloadChanged> changed, AuditService audit) {
        this.downloads = downloads;
        this.queue = queue;
        this.log = log;
        this.storage = storage;
        this.quota = quota;
        this.views = views;
        this.collections = collections;
        this.clock = clock;
        this.config = config;
        this.changed = changed;
        this.audit = audit;
    }

    /** Without a transaction, which would cost more than the one row that is read. */
    public DownloadView get(UUID id, Caller caller) {
        return view(downloads.getVisible(id, caller, false));
    }

    /** Sets the wish to cancel; a running download ends within seconds. CONFLICT for a finished one. */
    @Transactional
    public DownloadView cancel(UUID id, Caller caller) {
        lockClaimsBeforeParts(id);
        Download download = changeable(id, caller);
        Instant now = clock.now();
        Status before = download.status();
        download.cancel(now);
        if (download.isCollection()) {
            collections.cancelParts(download, now);
        }
        if (before != Status.CANCELED) {
            log.append(download, LogLine.LINE, List.of(before == Status.QUEUED ? "Canceled before it started." : "Cancel was asked for."), now);
            announce(download, now);
            audit.done(caller.actor(), "download.cancel", "downloads/" + id, null, null);
        }
        return view(download);
    }

    /**
     * Queues a finished download once more; CONFLICT for a live one, or one whose content is there, STORAGE_QUOTA when its owner
     * has no storage left.
     */
    @Transactional
    public DownloadView retry(UUID id, Caller caller) {
        lockClaimsBeforeParts(id);
        Instant now = clock.now();
        collections.reopenFor(id, caller, now);
        Download download = changeable(id, caller);
        if (download.wish().exportFolder() != null && !caller.scopes().contains(Scope.DOWNLOAD_EXPORT)) {
            throw Problem.FORBIDDEN.because("This download exports its content: retrying it needs the scope download:export.");
        }
        if (CollectionService.isOverLimit(download)) {
            quota.chargeDownload(caller);
        }
        if (download.isCollection()) {
            retryCollection(download, caller, now);
        } else {
            retryItem(download, caller, now);
        }
        storage.demandRoom(download.wish().userId());
        log.append(download, LogLine.LINE, List.of("Queued again."), now);
        announce(download, now);
        audit.done(caller.actor(), "download.retry", "downloads/" + id, null, null);
        return view(download);
    }

    /**
     * Gives a live download, and the queued parts of a collection, another priority or start time. CONFLICT for a finished one, and for
     * the start time of a running one; PRECONDITION_FAILED when {@code expected} does not accept its present revision.
     */
    @Transactional
    public DownloadView change(UUID id, UnaryOperator<DownloadTerms> change, LongPredicate expected, Caller caller) {
        lockClaimsBeforeParts(id);
        Download download = changeable(id, caller);
        if (!expected.test(download.revision())) {
            throw Problem.PRECONDITION_FAILED.because("This download was changed meanwhile: get it again and look before you change it.");
        }
        Instant now = clock.now();
        DownloadTerms before = DownloadTerms.of(download);
        DownloadTerms wanted = change.apply(before);
        if (download.change(Objects.requireNonNullElse(wanted.priority(), 0), wanted.startAt(), now)) {
            DownloadTerms after = DownloadTerms.of(download);
            if (download.isCollection()) {
                collections.prioritizeParts(download, now);
            }
            log.append(download, LogLine.LINE, List.of(after.sentence()), now);
            announce(download, now);
            audit.done(caller.actor(), "download.update", "downloads/" + id, before, after);
        }
        return view(download);
    }

    /** In the order of whoever sorts what waits for a seat: the other way round, both would wait for each other. */
    private void lockClaimsBeforeParts(UUID id) {
        if (downloads.isCollection(id)) {
            queue.lockClaims();
        }
    }

    private void retryCollection(Download download, Caller caller, Instant now) {
        download.demandRetriable();
        UUID key = download.wish().keyOf(caller);
        if (!collections.retryParts(download, key, now)) {
            if (collections.hasPartOverLimit(download)) {
                // says which limit, and until when; a download of the caller's that is accepted after all changes nothing
                quota.chargeDownload(caller);
            }
            throw Problem.CONFLICT.because("No item of this collection can be retried.");
        }
        download.reopen(key, now);
    }

    private void retryItem(Download download, Caller caller, Instant now) {
        download.retry(config.maxAttempts(), download.wish().keyOf(caller), now);
        downloads.forgetRefusals(download.id());
    }

    /** Forgets a finished download and its log; CONFLICT for a live one. Its content stays as long as another one refers to it. */
    @NeedsNoRoom
    @Transactional
    public void delete(UUID id, Caller caller) {
        Download download = changeable(id, caller);
        download.demandDeletable();
        collections.removeParts(download);
        log.removeAll(id);
        downloads.remove(download);
        audit.done(caller.actor(), "download.delete", "downloads/" + id, null, null);
    }

    /** The content of a finished download. CONFLICT while it is not finished or failed, GONE once its content was cleaned away. */
    @Transactional
    public UUID contentOf(UUID id, Caller caller) {
        Download download = downloads.getVisible(id, caller, false);
        if (download.status() != Status.SUCCESS) {
            throw Problem.CONFLICT.because("This download has no content: it " + download.status().words() + ".");
        }
        if (!download.holdings().hasContent()) {
            throw Problem.GONE.because("The content of this download was cleaned away; retry the download to have it fetched again.");
        }
        return download.holdings().contentId();
    }

    /** Of a collection: the content of each of its items that has any, by its {@link ContentFolders folder}. CONFLICT while there is none; empty for an item. */
    @Transactional
    public Map<String, UUID> contentsOf(UUID id, Caller caller) {
        Download download = downloads.getVisible(id, caller, false);
        if (!download.isCollection()) {
            return Map.of();
        }
        Map<String, UUID> contents = ContentFolders.of(downloads.findParts(List.of(id), Status.SUCCESS));
        if (contents.isEmpty()) {
            throw Problem.CONFLICT.because("No item of this collection has content.");
        }
        return contents;
    }

    /** What the items of a collection are called, by item, as far as that is known. */
    @NeedsNoRoom
    @Transactional
    public Map<String, String> titlesOf(UUID id, Caller caller) {
        return DownloadViews.titles(downloads.findParts(List.of(downloads.getVisible(id, caller, false).id()), Status.SUCCESS));
    }

    /** Whether the claim with this number may still end in a success. */
    @Transactional
    public boolean isRunning(long fence) {
        return downloads.isRunning(fence);
    }

    /** Tells all downloads of a content that it is no longer there, in the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void forgetContent(UUID contentId) {
        downloads.forgetContent(contentId, clock.now());
    }

    private Download changeable(UUID id, Caller caller) {
        Download download = downloads.getVisible(id, caller, true);
        if (!download.wish().userId().equals(caller.userId()) && !caller.mayWriteAll()) {
            throw Problem.FORBIDDEN.because("This download is somebody else's: changing it needs the scope admin:write.");
        }
        return download;
    }

    /** Of a new download, in the caller's transaction. */
    void accepted(Download download, List<String> notes, Instant now) {
        log.append(download, LogLine.LINE, notes, now);
        announce(download, now);
    }

    private void announce(Download download, Instant now) {
        log.append(download, LogLine.STATE, List.of(download.status().name()), now);
        changed.fire(DownloadChanged.of(download));
    }

    DownloadView view(Download download) {
        return views.of(download);
    }
}
