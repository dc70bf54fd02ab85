package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.database.ClockRepository;

/** Takes content in and finds it again, for those who run downloads. */
@ApplicationScoped
public class StoreService {
    private ContentRepository contents;
    private StoreFolder folder;
    private ClockRepository clock;
    private StoreConfig config;
    private ExportFolder exports;

    StoreService() {
    }

    @Inject
    StoreService(ContentRepository contents, StoreFolder folder, ClockRepository clock, StoreConfig config, ExportFolder exports) {
        this.contents = contents;
        this.folder = folder;
        this.clock = clock;
        this.config = config;
        this.exports = exports;
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
}
