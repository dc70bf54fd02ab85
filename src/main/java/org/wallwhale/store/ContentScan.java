package org.wallwhale.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a folder of fetched files into content: reads every file once for its size, CRC-32 and SHA-256, takes away the right to
 * write it, and has the disk keep it. Files end with the mode 0444, folders with 0755, so that their owner can remove them.
 */
public final class ContentScan {
    private static final Set<PosixFilePermission> FILE_RIGHTS = PosixFilePermissions.fromString("r--r--r--");

    private final Path root;
    private final Set<Path> folders = new LinkedHashSet<>();
    private final Map<String, Path> paths = new LinkedHashMap<>();

    private ContentScan(Path root) {
        this.root = root;
    }

    /**
     * Describes the files at {@code paths}, relative to {@code root} with forward slashes, in their order. On return files and
     * folders have reached the disk; the entry of {@code root} in its own parent has not, see {@link #syncFolders}. Nobody may
     * write the files meanwhile. An interrupt of the thread ends it with an exception.
     *
     * @throws IOException also for a path that is, or leads through, a symbolic link or anything else but files and folders;
     *     no file was touched then
     * @throws IllegalArgumentException for a path that {@link ContentFile} refuses
     */
    public static List<ContentFile> of(Path root, List<String> paths) throws IOException {
        ContentScan scan = new ContentScan(root);
        for (String path : paths) {
            scan.check(path);
        }
        return scan.files();
    }

    /** Has the disk keep the entries of a folder, such as one that was renamed into it, and of those above it up to {@code top}. */
    static void syncFolders(Path folder, Path top) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
        if (!folder.equals(top)) {
            syncFolders(folder.getParent(), top);
        }
    }

    private void check(String path) throws IOException {
        ContentFile.checkPath(path);
        Path file = root.resolve(path);
        checkFolder(file.getParent());
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("\"" + path + "\" is gone, or no regular file.");
        }
        paths.put(path, file);
    }

    private void checkFolder(Path folder) throws IOException {
        if (folders.contains(folder)) {
            return;
        }
        if (!folder.equals(root)) {
            checkFolder(folder.getParent());
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("The folder \"" + root.relativize(folder) + "\" is gone, or no folder.");
        }
        folders.add(folder);
    }

    private List<ContentFile> files() throws IOException {
        List<ContentFile> files = new ArrayList<>(paths.size());
        try (DurableFiles durable = new DurableFiles(paths.values(), FILE_RIGHTS); FileDigest digest = new FileDigest()) {
            for (Map.Entry<String, Path> path : paths.entrySet()) {
                files.add(digest.of(path.getKey(), path.getValue()));
            }
            durable.finish(folders);
        }
        return files;
    }
}
