package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.access.Caller;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.NeedsNoRoom;
import org.wallwhale.download.BatchService;
import org.wallwhale.download.DownloadService;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/** Finds the content of downloads and batches for whoever may have it. */
@ApplicationScoped
public class ServedService {
    private ContentRepository contents;
    private StoreFolder folder;
    private DownloadService downloads;
    private BatchService batches;
    private AuditService audit;

    ServedService() {
    }

    @Inject
    ServedService(ContentRepository contents, StoreFolder folder, DownloadService downloads, BatchService batches, AuditService audit) {
        this.contents = contents;
        this.folder = folder;
        this.downloads = downloads;
        this.batches = batches;
        this.audit = audit;
    }

    /** The content of a finished download; NOT_FOUND, CONFLICT while it is not ready, GONE once it was cleaned away. */
    @Transactional
    Served find(UUID downloadId, Caller caller) {
        Map<String, UUID> items = downloads.contentsOf(downloadId, caller);
        if (!items.isEmpty()) {
            return collection(downloadId, items);
        }
        Content content = only(downloadId, caller);
        return served(content, contents.files(content.id()));
    }

    /** As {@link #find(UUID, Caller)}, with the one file at {@code path} alone; NOT_FOUND also when there is none. */
    @Transactional
    Served find(UUID downloadId, String path, Caller caller) {
        Map<String, UUID> items = downloads.contentsOf(downloadId, caller);
        if (!items.isEmpty()) {
            String[] parts = path.split("/", 2);
            Content content = Optional.ofNullable(items.get(parts[0])).filter(item -> parts.length == 2).map(contents::get)
                    .orElseThrow(ServedService::noSuchFile);
            return new Served(several(downloadId), folder.of(""), Map.of(parts[0], folder.of(content.folder())),
                    List.of(contents.file(content.id(), parts[1]).orElseThrow(ServedService::noSuchFile).in(parts[0])), Optional.empty());
        }
        Content content = only(downloadId, caller);
        return served(content, List.of(contents.file(content.id(), path).orElseThrow(ServedService::noSuchFile)));
    }

    private Content only(UUID downloadId, Caller caller) {
        return contents.get(downloads.contentOf(downloadId, caller));
    }

    private static ProblemException noSuchFile() {
        return Problem.NOT_FOUND.because("This download has no file with this path.");
    }

    /** As {@link #find(UUID, Caller)}; that {@code caller} takes it is on record. */
    @Transactional
    Served take(UUID downloadId, Caller caller) {
        Served served = find(downloadId, caller);
        audit.done(caller.actor(), "download.read", "downloads/" + downloadId, null, null);
        return served;
    }

    /** What the downloads of a batch have. NOT_FOUND, and CONFLICT while there is nothing. */
    @Transactional
    Served findBatch(UUID batchId, Caller caller) {
        return collection(batchId, batches.contentsOf(batchId, caller));
    }

    /** As {@link #findBatch}; that {@code caller} takes it is on record. */
    @Transactional
    Served takeBatch(UUID batchId, Caller caller) {
        Served served = findBatch(batchId, caller);
        audit.done(caller.actor(), "batch.read", "batches/" + batchId, null, null);
        return served;
    }

    /** What {@code caller} gets as a zip, as {@link #find(UUID, Caller)}; {@code item} is the folder of the one item that is meant, if it is not all. */
    @NeedsNoRoom
    @Transactional
    public StoredZip zip(UUID downloadId, Optional<String> item, Caller caller) {
        return new StoredZip(item.map(name -> one(downloads.contentsOf(downloadId, caller), name)).orElseGet(() -> find(downloadId, caller)));
    }

    /** The same of a batch. */
    @NeedsNoRoom
    @Transactional
    public StoredZip batchZip(UUID batchId, Optional<String> item, Caller caller) {
        return new StoredZip(item.map(name -> one(batches.contentsOf(batchId, caller), name)).orElseGet(() -> findBatch(batchId, caller)));
    }

    /** What that zip has, in the order of the folders; one item of a download that is no collection. */
    @NeedsNoRoom
    @Transactional
    public List<StoredItem> items(UUID downloadId, Caller caller) {
        Map<String, UUID> items = downloads.contentsOf(downloadId, caller);
        if (items.isEmpty()) {
            Content content = only(downloadId, caller);
            return List.of(item(content.pubfileId(), content));
        }
        return items(items);
    }

    /** The same of a batch. */
    @NeedsNoRoom
    @Transactional
    public List<StoredItem> batchItems(UUID batchId, Caller caller) {
        return items(batches.contentsOf(batchId, caller));
    }

    private List<StoredItem> items(Map<String, UUID> items) {
        Map<UUID, Content> known = contents.find(items.values());
        return items.entrySet().stream().filter(entry -> known.containsKey(entry.getValue()))
                .map(entry -> item(entry.getKey(), known.get(entry.getValue()))).toList();
    }

    private static StoredItem item(String name, Content content) {
        return new StoredItem(name, content.pubfileId(), content.fileCount(), content.sizeBytes());
    }

    private Served one(Map<String, UUID> items, String name) {
        Content content = Optional.ofNullable(items.get(name)).map(contents::get)
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no item with this name."));
        return served(content, contents.files(content.id()));
    }

    /** All contents as one, each in its folder; without those that were cleaned away this moment. */
    private Served collection(UUID id, Map<String, UUID> items) {
        Map<UUID, Content> known = contents.find(items.values());
        Map<UUID, List<ContentFile>> stored = contents.files(known.keySet());
        Map<String, Path> folders = new HashMap<>();
        List<ContentFile> files = new ArrayList<>();
        items.forEach((name, content) -> Optional.ofNullable(known.get(content)).ifPresent(there -> {
            folders.put(name, folder.of(there.folder()));
            stored.getOrDefault(content, List.of()).forEach(file -> files.add(file.in(name)));
        }));
        return new Served(several(id), folder.of(""), folders, files, Optional.empty());
    }

    private static String several(UUID id) {
        return "items-" + id;
    }

    private Served served(Content content, List<ContentFile> files) {
        return new Served(content.pubfileId(), folder.of(content.folder()), Map.of(), files, Optional.ofNullable(content.zipSha256()));
    }
}
