package org.wallwhale.config;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Who uses a data folder: a lock in {@code instances/} for the name of each server, and one for a restore. They end with their process,
 * however it ends, and every process sees them that has the folder mounted. Each side takes its own before it looks for the other's, so
 * that of two that come at the same time one is refused at least.
 */
public final class FolderLocks {
    private static final String OF_A_SERVER = ".lock";
    private static final String OF_A_RESTORE = ".restore";
    private static final int MOST_TRIES = 5;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private final Path root;
    private final Path locks;

    public FolderLocks(DataFolder data) {
        root = data.root();
        locks = data.folder("instances");
    }

    /**
     * Keeps every other server of this name, and every restore, off the folder until it is closed.
     *
     * @throws IllegalStateException with a sentence, when there is one of them
     */
    public Closeable join(String name) {
        FileChannel own = taken(locks.resolve(name + OF_A_SERVER)).orElseThrow(() -> new IllegalStateException("The start is refused: another "
                + "server named " + name + " uses this data folder. Stop that one, or give this one a name of its own by "
                + "WALLWHALE_INSTANCE_ID."));
        if (isHeld(locks.resolve(OF_A_RESTORE))) {
            close(own);
            throw new IllegalStateException("The start is refused for now: a backup is being restored with this data folder. Start the server "
                    + "again once that is done.");
        }
        return own;
    }

    /**
     * Keeps all servers off the folder until it is closed.
     *
     * @throws IllegalStateException with a sentence, when one of them lives on it
     */
    public Closeable keepServersOff() {
        FileChannel own = take(locks.resolve(OF_A_RESTORE)).orElseThrow(() -> new IllegalStateException("Another restore uses the data folder "
                + root + ", or a server starts on it: wait until that is done."));
        List<String> living = living();
        if (!living.isEmpty()) {
            close(own);
            throw new IllegalStateException("The data folder " + root + " is in use by a running server (" + String.join(", ", living)
                    + "), and belongs to its database: stop every server of it first. For a trial, copy its secrets/ and folder-id into an empty "
                    + "folder, and name that in WALLWHALE_DATA_DIR.");
        }
        return own;
    }

    private List<String> living() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(locks, "*" + OF_A_SERVER)) {
            for (Path file : files) {
                if (isHeld(file)) {
                    names.add(file.getFileName().toString().replaceFirst("\\.lock$", ""));
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + locks + " could not be read", e);
        }
    }

    /** A restore holds each server's lock for a moment, to see whether it is free. */
    private static Optional<FileChannel> taken(Path file) {
        Optional<FileChannel> own = take(file);
        for (int tries = 1; own.isEmpty() && tries < MOST_TRIES; tries++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            own = take(file);
        }
        return own;
    }

    /** Empty when another process, or this one, holds it. */
    private static Optional<FileChannel> take(Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException e) {
            // held by this process
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " could not be locked", e);
        }
        close(channel);
        return Optional.empty();
    }

    /** Looks by a shared lock, so that servers that start together do not take each other for a restore. */
    private static boolean isHeld(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.tryLock(0, Long.MAX_VALUE, true) == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " could not be locked", e);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A lock of the data folder could not be released", e);
        }
    }
}
