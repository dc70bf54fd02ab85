package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.HashMap;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.access.Caller;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;
import org.wallwhale.download.BatchService;
import org.wallwhale.download.DownloadService;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/** Takes content in and finds it again. */
@ApplicationScoped
public class StoreService {
    private ContentRepository contents;
    private StoreFolder folder;
    private DownloadService downloads;
    private BatchService batches;
    private ClockRepository clock;
    private StoreConfig config;
    private ExportFolder exports;
    private AuditService audit;

    StoreService() {
    }

    @Inject
    StoreService(ContentRepository contents, StoreFolder folder, DownloadService downloads, BatchService batches, ClockRepository clock, StoreConfig config,
            ExportFolder exports, AuditService audit) {
        this.contents = contents;
        this.folder = folder;
        this.downloads = downloads;
        this.batches = batches;
        this.clock = clock;
        this.config = config;
        this.exports = exports;
        this.audit = audit;
    }

    /** How long a download keeps its content from now on; empty means for ever. */
    public Optional<Duration> keptFor() {
        return config.keptFor();
    }

    /**
     * Hashes the files where they are and makes them read-only.
     *
     * @param paths relative to {@code content}, with forward slashes
     */
    public Arrival scan(ContentKey key, long fence, Path content, List<String> paths) throws IOException {
        return Arrival.of(key, fence, ContentScan.of(content, paths));
    }

    /**
     * Copies scanned content to {@code <export root>/<exportFolder>/<item>}, replacing what is there as a whole. {@code lastCheck}
     * is asked directly before that and may prevent it by an exception.
     *
     * @throws ExportException when the copy cannot be written
     */
    public void export(Arrival arrival, Path content, String exportFolder, long fence, Runnable lastCheck)
            throws IOException {
        exports.copy(content, exportFolder, arrival, fence, lastCheck);
    }

    /**
     * Moves scanned content into the store by one rename; what lies beside its files is deleted. It becomes content only by
     * {@link #register}; without that the folder is swept later.
     */
    public void takeIn(Arrival arrival, Path content) throws IOException {
        folder.takeIn(arrival, content);
    }

    /**
     * Looks whether an arrival's files are there, and those of the same version that the store has already; the folder of the latter
     * if they are not. It takes long on a slow disk, so no transaction may be open. Throws {@link IllegalStateException} for an
     * arrival that waited so long for the database that it was swept.
     */
    public Optional<String> lostCopy(Arrival arrival) {
        if (!folder.holds(arrival.folder(), arrival.files())) {
            throw new IllegalStateException("The files of " + arrival.folder() + " are no longer in the store.");
        }
        return contents.find(arrival.key()).filter(known -> !folder.holds(known.folder(), contents.files(known.id()))).map(Content::folder);
    }

    /**
     * Makes an arrival content, in the caller's transaction, before anything else of it is written. The id is that of the same
     * version if the store had it already; where that copy is {@code lostCopy}, as {@link #lostCopy} said before the transaction, the
     * arrival takes its place. Of the disk it asks one thing, for whom the sweep was faster since then: {@link IllegalStateException}
     * where the arrival's folder is gone.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public UUID register(Arrival arrival, Optional<String> lostCopy) {
        if (!folder.isThere(arrival.folder())) {
            throw new IllegalStateException("The files of " + arrival.folder() + " are no longer in the store.");
        }
        Optional<Content> known = contents.find(arrival.key());
        if (known.isEmpty()) {
            Content content = new Content(arrival, clock.now());
            contents.add(content, arrival.files());
            return content.id();
        }
        UUID id = known.get().id();
        if (lostCopy.filter(known.get().folder()::equals).isPresent()) {
            contents.relocate(id, arrival);
        }
        return id;
    }

    /**
     * The content of this version, if the store has it with all its files. It may be cleaned away at any time, see {@link #keep}. No
     * transaction may be open: looking at the files takes long on a slow disk.
     */
    public Optional<Arrival> find(ContentKey key) {
        return contents.find(key).map(content -> new Arrival(key, content.folder(), contents.files(content.id()))).filter(this::isWhole);
    }

    /** Whether its files are all there, outside of any transaction. Content has a file at least: whoever has none was cleaned away meanwhile. */
    public boolean isWhole(Arrival stored) {
        return !stored.files().isEmpty() && folder.holds(stored.folder(), stored.files());
    }

    /** As {@link #export(Arrival, Path, String, long, Runnable)}, of what lies in the store. */
    public void export(Arrival stored, String exportFolder, long fence, Runnable lastCheck) throws IOException {
        exports.copy(folder.of(stored.folder()), exportFolder, stored, fence, lastCheck);
    }

    /**
     * The id of stored content, which is not cleaned away before the caller's transaction refers to it; empty when it already is. Its
     * files are looked at before, by {@link #isWhole}: the row is locked here.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<UUID> keep(Arrival stored) {
        return contents.lock(stored.key()).filter(content -> content.folder().equals(stored.folder()) && folder.isThere(stored.folder()))
                .map(Content::id);
    }

    /**
     * Deletes an arrival that another copy of the same version made superfluous, and says so. Call it after the commit; without a
     * transaction, because deleting may take long. The fence in its name keeps everybody else from making it content meanwhile.
     */
    public boolean dropIfUnused(Arrival arrival) throws IOException {
        if (contents.hasFolder(arrival.folder())) {
            return false;
        }
        folder.delete(arrival.folder());
        return true;
    }

    /** Computes the digest of the content's zip; it reads every file. Its transaction touches the database only after that. */
    @Transactional
    public void digest(Arrival arrival) throws IOException {
        String sha256 = HexFormat.of().formatHex(new ZipView(arrival.files()).sha256(folder.of(arrival.folder())));
        contents.find(arrival.key()).filter(content -> content.folder().equals(arrival.folder()))
                .ifPresent(content -> content.digested(sha256));
    }

    /** The content of a finished download; NOT_FOUND, CONFLICT while it is not ready, GONE once it was cleaned away. */
    @Transactional
    Served find(UUID downloadId, Caller caller) {
        Map<String, UUID> items = downloads.contentsOf(downloadId, caller);
        if (!items.isEmpty()) {
            return collection(downloadId, items);
        }
        Content content = contents.get(downloads.contentOf(downloadId, caller));
        return served(content, contents.files(content.id()));
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
            Content content = contents.get(downloads.contentOf(downloadId, caller));
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

    /** As {@link #find(UUID, Caller)}, with the one file at {@code path} alone; NOT_FOUND also when there is none. */
    @Transactional
    Served find(UUID downloadId, String path, Caller caller) {
        Map<String, UUID> items = downloads.contentsOf(downloadId, caller);
        if (!items.isEmpty()) {
            String[] parts = path.split("/", 2);
            Content content = Optional.ofNullable(items.get(parts[0])).filter(item -> parts.length == 2).map(contents::get)
                    .orElseThrow(StoreService::noSuchFile);
            return new Served(several(downloadId), folder.of(""), Map.of(parts[0], folder.of(content.folder())),
                    List.of(contents.file(content.id(), parts[1]).orElseThrow(StoreService::noSuchFile).in(parts[0])), Optional.empty());
        }
        Content content = contents.get(downloads.contentOf(downloadId, caller));
        return served(content, List.of(contents.file(content.id(), path).orElseThrow(StoreService::noSuchFile)));
    }

    private static ProblemException noSuchFile() {
        return Problem.NOT_FOUND.because("This download has no file with this path.");
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
