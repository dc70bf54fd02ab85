package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.wallwhale.metrics.Registry;
import org.wallwhale.store.ContentRepository.Stored;

/** How full the store and its disk are, as they were when somebody last looked. */
@ApplicationScoped
public class StoreMetrics {
    private CleanupService rows;
    private StoreFolder folder;
    private StoreConfig config;
    private volatile Stored stored;
    private volatile double free = Double.NaN;

    StoreMetrics() {
    }

    @Inject
    StoreMetrics(Registry registry, CleanupService rows, StoreFolder folder, StoreConfig config) {
        this.rows = rows;
        this.folder = folder;
        this.config = config;
        registry.gauge("wallwhale_store_bytes", "Bytes of content in the store that all instances share", () -> stored == null ? Double.NaN : stored.bytes());
        registry.gauge("wallwhale_store_free_bytes", "Bytes that the store's disk has left", () -> free);
        registry.gauge("wallwhale_store_min_free_bytes", "Bytes below which no download starts and content goes early", config::minFreeBytes);
    }

    /** Looks again. */
    public void refresh() {
        try {
            free = folder.freeBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stored = rows.stored();
    }

    /** The content as it was at the last look, a minute ago at most; the disk as it is now. */
    public StoreView view() {
        if (stored == null) {
            refresh();
        }
        try {
            return new StoreView(stored.bytes(), stored.contents(), folder.freeBytes(), folder.totalBytes(), config.minFreeBytes(),
                    config.minFreeBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
