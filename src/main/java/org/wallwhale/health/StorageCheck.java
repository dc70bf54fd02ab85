package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.wallwhale.cluster.Instance;
import org.wallwhale.config.DataFolder;
import org.wallwhale.store.StoreConfig;

/** Up while the data folder takes a file and its bytes; shows the free bytes of its disk, and how many are to stay free. */
@ApplicationScoped
class StorageCheck {
    static final String NAME = "storage";
    /** An empty file still fits on a full disk. */
    private static final byte[] SOME_BLOCKS = new byte[16 * 1024];
    @Inject
    private DataFolder folder;
    @Inject
    private Instance instance;
    @Inject
    private StoreConfig store;

    Check look() {
        try {
            write(folder.folder("work").resolve(".probe-" + instance.id()));
            long free = Files.getFileStore(folder.root()).getUsableSpace();
            Map<String, Object> data = Map.of("freeBytes", free, "minFreeBytes", store.minFreeBytes());
            return Check.of(NAME, data, free >= store.minFreeBytes() ? List.of() : List.of(new Trouble(NAME, Severity.DEGRADED,
                    "The disk of the data folder has " + free + " bytes left, less than the " + store.minFreeBytes()
                            + " that are to stay free: the oldest content goes early, and no download is started.",
                    "Make room on it, let content go sooner (wallwhale.store.keep-days), or lower wallwhale.store.min-free-bytes.")));
        } catch (IOException | RuntimeException e) {
            return Check.of(NAME, Map.of(), List.of(new Trouble(NAME, Severity.DOWN, "The data folder takes no files.",
                    "Look whether its disk is full, was mounted read-only or is gone, and whether the server's user may write to it.")));
        }
    }

    /** Always to the same name, so that a server that is killed meanwhile leaves no more than one. */
    static void write(Path probe) throws IOException {
        try {
            Files.write(probe, SOME_BLOCKS, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
        } finally {
            Files.deleteIfExists(probe);
        }
    }
}
