package org.wallwhale.engine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.wallwhale.config.DataFolder;

/** The folders of one fetch, before and after the tool works in them. */
final class Workspace {
    private static final String BOOKKEEPING = ".DepotDownloader";

    private final Fetch fetch;

    Workspace(Fetch fetch) {
        this.fetch = fetch;
    }

    /** Creates what is missing and removes leftovers of earlier runs that the tool would trip over. */
    void prepare() throws IOException {
        makePrivate(fetch.home());
        makePrivate(fetch.target());
        if (!Files.isDirectory(bookkeeping(), LinkOption.NOFOLLOW_LINKS)) {
            // Without the tool's notes nobody knows which version these files are of, and it would never remove them.
            discardContent();
        }
        makePrivate(fetch.content());
        makeWritable(fetch.content());
        // The tool opens staged web files without truncating them: a longer leftover would end up in the new file.
        DataFolder.deleteTree(bookkeeping().resolve("staging"));
        Path depotConfig = bookkeeping().resolve("depot.config");
        try {
            DepotConfig.finished(depotConfig);
        } catch (IOException damaged) {
            // The tool rewrites this file in place and crashes on a torn one; without it, it checks all files instead.
            Files.delete(depotConfig);
        }
    }

    /** The manifest ids that the tool noted as complete; none if the note cannot be read. */
    Map<Long, String> finishedDepots() {
        try {
            return DepotConfig.finished(bookkeeping().resolve("depot.config"));
        } catch (IOException e) {
            return Map.of();
        }
    }

    /**
     * The regular files of the content, sorted by path.
     *
     * @throws UnsafeContentException if the item wrote outside of its folder or made something that is neither file nor folder
     */
    List<FetchedFile> files() throws IOException, UnsafeContentException {
        try (Stream<Path> entries = Files.list(fetch.target())) {
            if (!entries.allMatch(entry -> entry.equals(fetch.content()))) {
                throw new UnsafeContentException("The item wrote a file outside of its folder.");
            }
        }
        List<FetchedFile> files = new ArrayList<>();
        Path root = fetch.content();
        boolean[] odd = new boolean[1];
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.equals(bookkeeping()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path path = root.relativize(file);
                odd[0] |= !attributes.isRegularFile() || !survivesAsText(path);
                files.add(new FetchedFile(path.toString(), attributes.size()));
                return FileVisitResult.CONTINUE;
            }
        });
        if (odd[0]) {
            throw new UnsafeContentException("The item holds a link, a special file or a name that is no text.");
        }
        files.sort(Comparator.comparing(FetchedFile::path));
        return files;
    }

    /** The sum of the lengths that the content's files will have when they are complete. */
    long announcedBytes() throws IOException {
        try {
            return files().stream().mapToLong(FetchedFile::sizeBytes).sum();
        } catch (UnsafeContentException e) {
            return -1;
        }
    }

    /**
     * Whether files of another version may lie among the content: the tool removes them only if that version was complete.
     * It keeps the manifest of every version it ever started on.
     */
    boolean mixesVersions() throws IOException {
        if (!Files.isDirectory(bookkeeping())) {
            return false;
        }
        try (Stream<Path> notes = Files.list(bookkeeping())) {
            return notes.filter(note -> note.getFileName().toString().matches("\\d+_\\d+\\.(?:manifest|bin)")).count() > 1;
        }
    }

    /** The next run checks every file: the tool believes its own note otherwise, and would end at once with the same result. */
    void distrust() throws IOException {
        Files.deleteIfExists(bookkeeping().resolve("depot.config"));
    }

    /** The next run starts from nothing. */
    void discardContent() throws IOException {
        DataFolder.deleteTree(fetch.content());
    }

    /** The tool rewrites its saved session in place, and crashes at its start for ever on one that a kill tore. */
    void forgetSession() throws IOException {
        Path storage = fetch.home().resolve(".local/share/IsolatedStorage");
        if (Files.isDirectory(storage)) {
            try (Stream<Path> files = Files.walk(storage)) {
                for (Path session : files.filter(file -> file.endsWith("account.config")).toList()) {
                    Files.delete(session);
                }
            }
        }
    }

    /** Folder on the same disk for a moment. */
    Path scratch() throws IOException {
        return Files.createDirectories(bookkeeping());
    }

    private Path bookkeeping() {
        return fetch.content().resolve(BOOKKEEPING);
    }

    /** Otherwise the file could not be addressed later: its name is not legal in the locale's charset. */
    private static boolean survivesAsText(Path path) {
        try {
            return path.equals(Path.of(path.toString()));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static void makePrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new NotDirectoryException(folder.toString());
            }
            Files.createDirectories(folder);
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** Whoever hashed the files of an earlier run for the store took away the right to write them; the tool wants it. */
    private static void makeWritable(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    file.toFile().setWritable(true);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
