package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.wallwhale.access.Caller;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.download.DownloadRepository.PartCount;
import org.wallwhale.quota.QuotaService;

/**
 * Collections: a download each of whose items is a download of its own. The collection runs as long as one of its parts is queued
 * or runs, without a worker, and ends by what the rows of its parts say. A collection's row is always locked before those of its
 * parts.
 */
@ApplicationScoped
public class CollectionService {
    private static final List<Status> LIVE = List.of(Status.QUEUED, Status.RUNNING);
    private static final int AT_ONCE = 100;
    private static final String OVER_LIMIT = "download_limit";
    private static final Failure NO_DOWNLOAD_LEFT = new Failure(OVER_LIMIT, "No more downloads of this user or API key are accepted today or this month.",
            "Retry this item, or the collection, when the limit allows it again.");
    private DownloadRepository downloads;
    private LogRepository log;
    private QuotaService quota;
    private ClockRepository clock;
    private DownloadConfig config;
    private Event<DownloadChanged> changed;

    CollectionService() {
    }

    @Inject
    CollectionService(DownloadRepository downloads, LogRepository log, QuotaService quota, ClockRepository clock, DownloadConfig config,
            Event<DownloadChanged> changed) {
        this.downloads = downloads;
        this.log = log;
        this.quota = quota;
        this.clock = clock;
        this.config = config;
        this.changed = changed;
    }

    /**
     * Makes a claimed download a collection of {@code items}, each of which counts against its owner's limits; for those over them a
     * part is there that failed by that. False, and nothing written, once a newer claim exists.
     */
    @Transactional
    public boolean expand(Claim claim, List<String> items) {
        // first, as every submit does: whoever locks in another order may wait for one who waits for it
        downloads.lockOwner(claim.userId());
        Optional<Download> held = downloads.lockHeld(claim.downloadId(), claim.fence());
        held.ifPresent(collection -> expand(collection, items, clock.now()));
        return held.isPresent();
    }

    private void expand(Download collection, List<String> items, Instant now) {
        downloads.getAttempt(collection).end("expanded", null, null, now);
        collection.expand(now);
        log.append(collection, LogLine.LINE, List.of("This is a collection of " + items.size() + " items; each is a download of its own."), now);
        announce(collection, now);
        int accepted = quota.chargeDownloads(collection.wish().userId(), Optional.ofNullable(collection.wish().apiKeyId()), items.size());
        for (String item : items) {
            Download part = collection.part(item, config.maxAttempts(), now);
            downloads.add(part);
            log.append(part, LogLine.LINE, List.of("Queued item " + item + " of collection " + collection.wish().pubfileId() + "."), now);
            if (accepted-- <= 0) {
                part.refuse(NO_DOWNLOAD_LEFT, now);
                log.append(part, LogLine.LINE, List.of(NO_DOWNLOAD_LEFT.message() + " " + NO_DOWNLOAD_LEFT.advice(), "Archive not created."), now);
            }
            announce(part, now);
        }
    }

    /** The end of the last part is the end of the collection; a transaction of its own, because that of the part is over. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void onChange(@Observes(during = TransactionPhase.AFTER_SUCCESS) DownloadChanged event) {
        if (event.status().isFinished()) {
            downloads.collectionOf(event.id()).ifPresent(this::endIfDone);
        }
    }

    /** Ends collections whose last part ended without anybody hearing of it; some at a time. */
    @Transactional
    public void endFinished() {
        downloads.findEndedCollections(AT_ONCE).forEach(this::endIfDone);
    }

    private void endIfDone(UUID collectionId) {
        downloads.lockCollection(collectionId).filter(collection -> collection.status() == Status.RUNNING).ifPresent(running -> {
            List<PartCount> parts = downloads.countParts(List.of(collectionId));
            if (parts.stream().noneMatch(part -> LIVE.contains(part.status()))) {
                end(running, parts, clock.now());
            } else {
                // its counts changed, which stand in no row of its own
                changed.fire(DownloadChanged.of(running));
            }
        });
    }

    private void end(Download collection, List<PartCount> parts, Instant now) {
        Map<Status, Integer> counts = parts.stream().collect(Collectors.toMap(PartCount::status, PartCount::parts));
        int good = counts.getOrDefault(Status.SUCCESS, 0);
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        Optional<Failure> failure = good == all ? Optional.empty() : Optional.of(new Failure(good == 0 ? "no_item" : "partial",
                good + " of " + all + " items are there.", "Look at the items of this collection for what each failed by; a retry takes up those that failed."));
        collection.endCollection(good == 0 ? Status.FAILED : Status.SUCCESS, failure, Parts.bytes(parts), now);
        log.append(collection, LogLine.LINE, List.of(good + " of " + all + " items are there.",
                good == 0 ? "Archive not created." : "Archive created: " + Parts.bytes(parts) + " bytes."), now);
        announce(collection, now);
    }

    /** Cancels what of it is live, in the caller's transaction, which holds the collection. */
    void cancelParts(Download collection, Instant now) {
        change(collection, LIVE, now, part -> {
            part.cancel(now);
            log.append(part, LogLine.LINE, List.of("Canceled with its collection."), now);
        });
    }

    /** Those that have not started have its priority from now on. */
    void prioritizeParts(Download collection, Instant now) {
        downloads.lockParts(collection.id(), List.of(Status.QUEUED)).forEach(part -> {
            if (part.change(collection.wish().priority(), part.attempts().startAt(), now)) {
                log.append(part, LogLine.LINE, List.of(DownloadTerms.of(part).sentence()), now);
                announce(part, now);
            }
        });
    }

    /**
     * Queues what of it failed or was canceled, or lost its content, by this API key or none; false where there is no such part.
     * Charges what was over a limit.
     */
    boolean retryParts(Download collection, UUID keyId, Instant now) {
        List<Download> again = new ArrayList<>(downloads.lockParts(collection.id(), List.of(Status.FAILED, Status.CANCELED, Status.SUCCESS)));
        again.removeIf(part -> part.status() == Status.SUCCESS && part.holdings().hasContent());
        long uncharged = again.stream().filter(CollectionService::isOverLimit).count();
        int[] left = {quota.chargeDownloads(collection.wish().userId(), Optional.ofNullable(keyId), (int) uncharged)};
        again.removeIf(part -> isOverLimit(part) && left[0]-- <= 0);
        again.forEach(part -> {
            part.retry(config.maxAttempts(), keyId, now);
            downloads.forgetRefusals(part.id());
            log.append(part, LogLine.LINE, List.of("Queued again with its collection."), now);
            announce(part, now);
        });
        return !again.isEmpty();
    }

    boolean hasPartOverLimit(Download collection) {
        return downloads.lockParts(collection.id(), List.of(Status.FAILED)).stream().anyMatch(CollectionService::isOverLimit);
    }

    static boolean isOverLimit(Download part) {
        return part.attempts().error().filter(error -> error.code().equals(OVER_LIMIT)).isPresent();
    }

    /** All parts, to be deleted with the collection; CONFLICT while one is live. */
    void removeParts(Download collection) {
        downloads.lockParts(collection.id(), List.of(Status.values())).forEach(Download::demandDeletable);
        downloads.removeParts(collection.id());
    }

    /**
     * The part's collection, locked, and running again by {@code caller}'s key if it was finished; one that runs by another key goes on
     * without any. Call it before the part is locked.
     */
    void reopenFor(UUID partId, Caller caller, Instant now) {
        downloads.collectionOf(partId).flatMap(downloads::lockCollection).ifPresent(collection -> {
            UUID key = collection.wish().keyOf(caller);
            if (collection.status().isFinished()) {
                collection.reopen(key, now);
                announce(collection, now);
            } else {
                collection.joinedBy(key);
            }
        });
    }

    private void change(Download collection, Collection<Status> statuses, Instant now, Consumer<Download> change) {
        downloads.lockParts(collection.id(), statuses).forEach(part -> {
            change.accept(part);
            announce(part, now);
        });
    }

    private void announce(Download download, Instant now) {
        log.append(download, LogLine.STATE, List.of(download.status().name()), now);
        changed.fire(DownloadChanged.of(download));
    }
}
