package org.wallwhale.download;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;

/** How downloads are accepted and held. */
@Dependent
public class DownloadConfig {
    private static final String EXPORT_ROOT = "wallwhale.download.export-root";
    private final long appId;
    private final int maxAttempts;
    private final int maxConcurrent;
    private final int maxRunning;
    private final long minFreeBytes;
    private final File disk;
    private final String outgoingAddress;
    private final Duration lease;
    private final boolean sandboxEnabled;
    private final Optional<Path> exportRoot;

    @Inject
    public DownloadConfig(Settings settings) {
        appId = settings.wholeNumber("wallwhale.download.app-id", 1, Integer.MAX_VALUE);
        maxAttempts = settings.wholeNumber("wallwhale.download.max-attempts", 1, 100);
        // the guard of a child whose server is gone or frozen needs up to 8 s, and must be done before another instance starts
        lease = settings.seconds("wallwhale.download.lease-seconds", 12, 3600);
        maxConcurrent = settings.wholeNumber("wallwhale.download.max-concurrent", 0, Integer.MAX_VALUE);
        maxRunning = settings.wholeNumber("wallwhale.download.max-running", 0, Integer.MAX_VALUE);
        // the store's: what it frees space up to is what must be free for a start
        minFreeBytes = settings.bytes("wallwhale.store.min-free-bytes", 0, Long.MAX_VALUE);
        outgoingAddress = settings.text("wallwhale.steam.outgoing-address").orElse("");
        disk = new DataFolder(settings).root().toFile();
        sandboxEnabled = settings.onOff("wallwhale.sandbox.enabled");
        exportRoot = settings.path(EXPORT_ROOT);
    }

    /** Notes an export root that nothing can be copied to, or that shares folders with the data folder. */
    public void checkExportRoot(Settings settings, Path dataFolder) {
        exportRoot.filter(root -> !canBeMade(root)).ifPresent(root -> settings.fault(EXPORT_ROOT,
                "must name a folder that this user may make and write to, but " + root + " is none"));
        exportRoot.filter(root -> root.startsWith(dataFolder) || dataFolder.startsWith(root)).ifPresent(root ->
                settings.fault(EXPORT_ROOT, "must be a folder neither inside nor around the data folder " + dataFolder + ", but is " + root));
    }

    private static boolean canBeMade(Path folder) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return Files.isDirectory(there) && Files.isWritable(there);
    }

    public long appId() {
        return appId;
    }

    public int maxAttempts() {
        return maxAttempts;
    }

    /** As it is now: the disk is asked. */
    Capacity capacity() {
        return new Capacity(orAny(maxConcurrent), orAny(maxRunning), disk.getUsableSpace() - minFreeBytes, outgoingAddress);
    }

    private static int orAny(int limit) {
        return limit == 0 ? Integer.MAX_VALUE : limit;
    }

    public Duration lease() {
        return lease;
    }

    public boolean isSandboxEnabled() {
        return sandboxEnabled;
    }

    /** Where finished content is copied to for downloads with a {@code saveRoot}; nowhere when empty. */
    public Optional<Path> exportRoot() {
        return exportRoot;
    }
}
