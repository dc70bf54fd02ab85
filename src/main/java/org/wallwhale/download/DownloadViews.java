package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.wallwhale.download.DownloadRepository.PartCount;

/** Puts downloads on the wire, with what does not stand in their own rows: why they wait, how far they are, and their parts. */
@ApplicationScoped
class DownloadViews {
    private DownloadRepository downloads;
    private QueueRepository queue;
    private ProgressBoard board;
    private DownloadConfig config;

    DownloadViews() {
    }

    @Inject
    DownloadViews(DownloadRepository downloads, QueueRepository queue, ProgressBoard board, DownloadConfig config) {
        this.downloads = downloads;
        this.queue = queue;
        this.board = board;
        this.config = config;
    }

    List<DownloadView> of(Collection<Download> rows, Instant now) {
        Set<UUID> waiting = rows.stream().filter(download -> download.status() == Status.QUEUED).map(Download::id).collect(Collectors.toSet());
        HeldBack heldBack = waiting.isEmpty() ? HeldBack.NOTHING : queue.heldBack(waiting, config.capacity());
        Map<UUID, Parts> parts = parts(rows.stream().filter(Download::isCollection).toList());
        return rows.stream().map(download -> DownloadView.of(download,
                WaitingFor.sentence(download, now, () -> heldBack).orElse(null),
                parts.containsKey(download.id()) ? parts.get(download.id()).progress() : heldBack.progress(download, board),
                parts.get(download.id()))).toList();
    }

    private Map<UUID, Parts> parts(List<Download> collections) {
        List<UUID> ids = collections.stream().map(Download::id).toList();
        Map<UUID, List<PartCount>> counts = downloads.countParts(ids).stream().collect(Collectors.groupingBy(PartCount::collectionId));
        Map<UUID, List<Progress>> running = downloads.findParts(ids, Status.RUNNING).stream()
                .collect(Collectors.groupingBy(Download::parentId, Collectors.mapping(board::of, Collectors.toList())));
        Map<UUID, Parts> parts = new HashMap<>();
        collections.forEach(collection -> parts.put(collection.id(), Parts.of(collection,
                counts.getOrDefault(collection.id(), List.of()), running.getOrDefault(collection.id(), List.of()))));
        return parts;
    }
}
