package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.access.Caller;
import org.wallwhale.database.NeedsNoRoom;

/** Lists downloads: a caller's own, a collection's, and everybody's. */
@ApplicationScoped
public class DownloadListService {
    private DownloadListRepository list;
    private DownloadRepository downloads;
    private DownloadViews views;

    DownloadListService() {
    }

    @Inject
    DownloadListService(DownloadListRepository list, DownloadRepository downloads, DownloadViews views) {
        this.list = list;
        this.downloads = downloads;
        this.views = views;
    }

    /** NOT_FOUND for a collection that the caller may not see. */
    @NeedsNoRoom
    @Transactional
    DownloadList findParts(UUID collectionId, DownloadQuery query, Caller caller) {
        downloads.getVisible(collectionId, caller, false);
        return find(query, caller);
    }

    @NeedsNoRoom
    @Transactional
    DownloadList find(DownloadQuery query, Caller caller) {
        List<Download> rows = list.page(caller, query);
        boolean hasMore = rows.size() > query.limit();
        List<Download> page = hasMore ? rows.subList(0, query.limit()) : rows;
        List<DownloadView> shown = views.of(page);
        String next = hasMore ? cursor(page.get(page.size() - 1)) : null;
        return new DownloadList(shown, new DownloadList.Pagination(total(query, page.size(), hasMore, caller), query.limit(), query.offset(), hasMore, next));
    }

    /** Not counted where the page shows it. */
    private long total(DownloadQuery query, int shown, boolean hasMore, Caller caller) {
        boolean isSeen = !hasMore && query.after().isEmpty() && (shown > 0 || query.offset() == 0);
        return isSeen ? Math.min(query.offset() + shown, DownloadList.MOST_COUNTED) : list.count(caller, query, DownloadList.MOST_COUNTED);
    }

    /** How many the caller has of each kind. */
    @NeedsNoRoom
    @Transactional
    DownloadCounts counts(Caller caller) {
        return list.counts(Optional.of(caller.userId()), caller.sandboxOnly(), DownloadList.MOST_COUNTED);
    }

    /** How many there are of each kind, of everybody. */
    @NeedsNoRoom
    @Transactional
    public DownloadCounts countsOfEverybody() {
        return list.counts(Optional.empty(), false, DownloadList.MOST_COUNTED);
    }

    /** The owner's live downloads and the ones that finished last, {@code limit} at most; everybody's where there is no owner, here and below. */
    @Transactional
    public List<DownloadView> newest(Optional<UUID> owner, int limit) {
        List<Download> rows = new ArrayList<>(list.live(owner, limit));
        if (rows.size() < limit) {
            rows.addAll(list.finished(owner, limit - rows.size()));
        }
        return views.of(rows);
    }

    /** Of the owner's running and queued downloads, running ones first; {@code limit} at most. */
    @Transactional
    public List<UUID> live(Optional<UUID> owner, int limit) {
        return list.live(owner, limit).stream().map(Download::id).toList();
    }

    /** Those of {@code ids} that are the owner's and still there; of everybody only what is no part of a collection. */
    @Transactional
    public List<DownloadView> find(Optional<UUID> owner, Collection<UUID> ids) {
        return views.of(list.find(owner, ids));
    }

    private static String cursor(Download last) {
        return new DownloadQuery.Cursor(last.times().createdAt(), last.id()).text();
    }

    /** How many queued and running downloads there are, of each {@code most} at most, and why the first {@code some} queued ones wait. */
    @Transactional
    Census census(int most, int some) {
        return new Census(Map.of("queued", (double) list.count(Status.QUEUED, most), "running", (double) list.count(Status.RUNNING, most)),
                views.waiting(list.queued(some)));
    }

    /**
     * Of everybody's downloads.
     *
     * @param waiting numbers by the word of {@link WaitingFor}
     */
    record Census(Map<String, Double> downloads, Map<String, Long> waiting) {
    }
}
