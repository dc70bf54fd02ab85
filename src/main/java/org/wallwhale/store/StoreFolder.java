package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wallwhale.config.DataFolder;

/** The folder {@code store} of the data folder: {@code <source>/<app>/<item>/<version>-<fence>}. */
@ApplicationScoped
class StoreFolder {
    private static final int DEPTH = 4;
    private static final int MOST_MOVES = 1000;
    private Path root;

    StoreFolder() {
    }

    @Inject
    StoreFolder(DataFolder folder) {
        root = folder.folder("store");
    }

    Path of(String folder) {
        return root.resolve(folder);
    }

    /** Free bytes of the disk below. */
    long freeBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    /** Bytes of the disk below. */
    long totalBytes() throws IOException {
        return Files.getFileStore(root).getTotalSpace();
    }

    /** Moves fetched content in by one rename, without what else lies beside its files; the disk has it on return. */
    void takeIn(Arrival arrival, Path content) throws IOException {
        Path target = of(arrival.folder());
        deleteOthers(content, arrival.files());
        // A rename keeps the time of the folder's last change, which may lie hours back; the sweep goes by it.
        Files.setLastModifiedTime(content, FileTime.from(Instant.now()));
        moveIn(content, target);
        ContentScan.syncFolders(target.getParent(), root);
    }

    private static void deleteOthers(Path content, List<ContentFile> files) throws IOException {
        Set<String> names = files.stream().map(file -> file.path().split("/", 2)[0]).collect(Collectors.toSet());
        try (DirectoryStream<Path> others = Files.newDirectoryStream(content,
                entry -> !names.contains(entry.getFileName().toString()))) {
            for (Path other : others) {
                DataFolder.deleteTree(other);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Again where a cleanup removed the folder above, which is empty until the move. */
    private static void moveIn(Path content, Path target) throws IOException {
        for (int attempt = 1;; attempt++) {
            try {
                Files.createDirectories(target.getParent());
                Files.move(content, target, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (NoSuchFileException | FileAlreadyExistsException e) {
                if (attempt == MOST_MOVES) {
                    throw e;
                }
            }
        }
    }

    /** Whether all files lie there with their sizes. */
    boolean holds(String folder, List<ContentFile> files) {
        return files.stream().allMatch(file -> of(folder).resolve(file.path()).toFile().length() == file.sizeBytes()
                && Files.isRegularFile(of(folder).resolve(file.path()), LinkOption.NOFOLLOW_LINKS));
    }

    boolean isThere(String folder) {
        return Files.isDirectory(of(folder), LinkOption.NOFOLLOW_LINKS);
    }

    void delete(String folder) throws IOException {
        DataFolder.deleteTree(of(folder));
    }

    /**
     * Deletes the folders that no content is left in; an arrival that is about to move into one makes it again. What another
     * instance cleans at the same time, or cannot be deleted, is passed over.
     */
    void deleteEmpty() throws IOException {
        Files.walkFileTree(root, Set.of(), DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failure) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
                if (!folder.equals(root)) {
                    folder.toFile().delete();
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Content folders that were taken in before {@code age} ago. */
    List<String> olderThan(Duration age) throws IOException {
        Instant limit = Instant.now().minus(age);
        try (Stream<Path> tree = Files.find(root, DEPTH, (path, attributes) -> isOldContent(path, attributes, limit))) {
            return tree.map(path -> root.relativize(path).toString().replace('\\', '/')).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private boolean isOldContent(Path path, BasicFileAttributes attributes, Instant limit) {
        return attributes.isDirectory() && root.relativize(path).getNameCount() == DEPTH
                && attributes.lastModifiedTime().toInstant().isBefore(limit);
    }
}
