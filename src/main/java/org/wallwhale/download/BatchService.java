package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.wallwhale.access.Caller;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/** Accepts lists of downloads, each line by the rules of a single one. */
@ApplicationScoped
public class BatchService {
    private static final int AT_ONCE = 100;
    private BatchRepository batches;
    private DownloadRepository downloads;
    private SubmitService submits;
    private ClockRepository clock;

    BatchService() {
    }

    @Inject
    BatchService(BatchRepository batches, DownloadRepository downloads, SubmitService submits, ClockRepository clock) {
        this.batches = batches;
        this.downloads = downloads;
        this.submits = submits;
        this.clock = clock;
    }

    /** All lines in one transaction: a client that lost the answer finds either all of them or none. */
    @Transactional
    public BatchView submit(SubmitBatch body, Caller caller) {
        // before the batch, whose reference to the owner is a lock already
        downloads.lockOwner(caller.userId());
        Batch batch = new Batch(caller, clock.now());
        batches.add(batch);
        int position = 0;
        for (SubmitDownload line : body.items()) {
            batches.add(line(batch.id(), position++, line, caller));
        }
        return view(batch);
    }

    private BatchLine line(UUID batchId, int position, SubmitDownload line, Caller caller) {
        try {
            return submits.submitLine(line, caller, (download, isNew) -> BatchLine.of(batchId, position, download, isNew));
        } catch (ProblemException e) {
            if (e.problem() == Problem.UNAVAILABLE) {
                throw e;
            }
            return BatchLine.refused(batchId, position, e.problem().name().toLowerCase(Locale.ROOT), e.getMessage());
        }
    }

    /** The caller's own, the newest first, also for administrators. */
    @NeedsNoRoom
    @Transactional
    BatchList list(int limit, int offset, Caller caller) {
        List<Batch> page = batches.page(caller, limit, offset);
        Map<UUID, List<BatchRepository.LineCount>> counts = batches.countLines(page.stream().map(Batch::id).toList()).stream()
                .collect(Collectors.groupingBy(BatchRepository.LineCount::batchId));
        long total = batches.count(caller);
        return new BatchList(page.stream().map(batch -> entry(batch, counts.getOrDefault(batch.id(), List.of()))).toList(),
                new BatchList.Pagination(total, limit, offset, offset + page.size() < total));
    }

    private static BatchList.Entry entry(Batch batch, List<BatchRepository.LineCount> counts) {
        Map<Status, Integer> children = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            children.put(status, counts.stream().filter(count -> count.status() == status).mapToInt(BatchRepository.LineCount::downloads).sum());
        }
        return new BatchList.Entry(batch.id(), batch.createdAt(), counts.stream().mapToInt(BatchRepository.LineCount::lines).sum(), children);
    }

    @NeedsNoRoom
    @Transactional
    public BatchView get(UUID id, Caller caller) {
        return view(batches.getVisible(id, caller));
    }

    /** The content of each of its items that has any, by its {@link ContentFolders folder}; CONFLICT while there is none. */
    @Transactional
    public Map<String, UUID> contentsOf(UUID id, Caller caller) {
        Map<String, UUID> contents = ContentFolders.of(batches.downloads(batches.getVisible(id, caller).id()));
        if (contents.isEmpty()) {
            throw Problem.CONFLICT.because("No item of this batch has content.");
        }
        return contents;
    }

    /** What its items are called, by item, as far as that is known. */
    @NeedsNoRoom
    @Transactional
    public Map<String, String> titlesOf(UUID id, Caller caller) {
        return DownloadViews.titles(batches.downloads(batches.getVisible(id, caller).id()));
    }

    /** Its owner. */
    @NeedsNoRoom
    @Transactional
    public UUID ownerOf(UUID id, Caller caller) {
        return batches.getVisible(id, caller).userId();
    }

    /**
     * Forgets batches that are older than {@code age}, once there is nothing to be had by them any longer: no download of theirs is live
     * or has content. A hundred at most; whether there may be more.
     */
    @Transactional
    @NeedsNoRoom
    public boolean dropSome(Duration age) {
        return batches.removeOld(clock.now().minus(age), AT_ONCE) == AT_ONCE;
    }

    private BatchView view(Batch batch) {
        Map<UUID, Download> downloads = batches.downloads(batch.id()).stream().collect(Collectors.toMap(Download::id, Function.identity()));
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            counts.put(status, (int) downloads.values().stream().filter(download -> download.status() == status).count());
        }
        List<BatchView.Line> lines = batches.lines(batch.id()).stream().map(line -> line.view(line.downloadId() == null ? null
                : downloads.get(line.downloadId()).status())).toList();
        return new BatchView(batch.id(), batch.createdAt(), counts, lines, Map.of());
    }
}
