package org.wallwhale.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Gives files their rights and has the disk keep them (fsync), in the background from its creation. */
final class DurableFiles implements AutoCloseable {
    /** More than cores: those that wait at the same time share one write of ext4's journal. 2,000 files: 69 ms, with 8 157 ms. */
    private static final int THREADS = 64;
    static final Set<PosixFilePermission> FOLDER_RIGHTS = PosixFilePermissions.fromString("rwxr-xr-x");

    // Threads of its own, not the server's: a scan that waited for a place in the pool it runs in could wait for ever.
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Future<Void>> running;

    DurableFiles(Collection<Path> files, Set<PosixFilePermission> rights) {
        running = files.stream().map(file -> threads.submit(() -> keep(file, rights))).toList();
    }

    /** Waits until all files are kept, then keeps {@code folders} too. */
    void finish(Collection<Path> folders) throws IOException {
        for (Future<Void> one : running) {
            await(one);
        }
        for (Path folder : folders) {
            keep(folder, FOLDER_RIGHTS);
        }
    }

    private static void await(Future<Void> one) throws IOException {
        try {
            one.get();
        } catch (ExecutionException failed) {
            throw new IOException("Files could not be written to the disk for good.", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while files were written to the disk for good.");
        }
    }

    private static Void keep(Path path, Set<PosixFilePermission> rights) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).setPermissions(rights);
            channel.force(true);
        }
        return null;
    }

    /** Gives up what is not kept yet. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
