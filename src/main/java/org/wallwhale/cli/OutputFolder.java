package org.wallwhale.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.wallwhale.config.DataFolder;
import org.wallwhale.engine.FetchedFile;
import org.wallwhale.engine.Outcome;
import org.wallwhale.store.ContentFile;
import org.wallwhale.store.ContentScan;
import org.wallwhale.store.ZipView;

/**
 * Where downloaded items end up: {@code <id>.zip} or the folder {@code <id>}, with {@code sandbox-} before what the sandbox made. Work in
 * progress lies in {@code .wallwhale/} of the same folder, so that an item appears by one rename, and stays there for the next try.
 */
final class OutputFolder {
    private static final String WORK = ".wallwhale";
    private static final int MOST_TRIES = 100;
    /** How a zip with anything in it begins. */
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final String OTHER_VERSION = "it is not the zip of this version; ";
    private final Path root;
    private final String prefix;

    /** What an item became. {@code path} is absolute. */
    record Saved(Path path, int files, long bytes) {
    }

    /** Made if it is missing; one that cannot be made or written to is a {@link CommandFailure}. */
    OutputFolder(Path folder, boolean sandbox) {
        root = folder.toAbsolutePath().normalize();
        prefix = sandbox ? "sandbox-" : "";
        try {
            inWork(() -> root);
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, "The folder " + root + " cannot be made or written to: name another one with "
                    + "--output.");
        }
    }

    private interface Step<T> {
        T take() throws IOException;
    }

    /** With a folder of work: another command that ends takes an empty one away, whenever that is. */
    private <T> T inWork(Step<T> step) throws IOException {
        for (int tries = 1;; tries++) {
            try {
                makeWork();
                return step.take();
            } catch (NoSuchFileException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private void makeWork() throws IOException {
        Path work = root.resolve(WORK);
        Files.createDirectories(root);
        if (!Files.exists(work, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.createDirectory(work, LoginFile.only(root, "rwx------"));
            } catch (FileAlreadyExistsException e) {
                // by another command
            }
        }
        requireOwn(work);
    }

    /** What others can write to in there would end up in the item. */
    private static void requireOwn(Path work) throws IOException {
        boolean own = Files.readAttributes(work, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isDirectory();
        if (own) {
            Path mine = Files.createTempFile(work, ".mine-", "");
            own = Files.getOwner(mine).equals(Files.getOwner(work));
            Files.delete(mine);
        }
        if (!own) {
            throw new CommandFailure(CommandFailure.USAGE, work + " is a link, or another user's: remove it, or name another folder with --output.");
        }
    }

    Path zip(String pubfileId) {
        return root.resolve(prefix + pubfileId + ".zip");
    }

    Path folder(String pubfileId) {
        return root.resolve(prefix + pubfileId);
    }

    /** The private folder of an item's work. */
    Path work(String pubfileId) {
        return root.resolve(WORK).resolve(prefix + pubfileId);
    }

    /** Keeps other commands off an item until it is closed. */
    HeldLock lock(String pubfileId) throws IOException {
        return inWork(() -> HeldLock.take(root.resolve(WORK).resolve(prefix + pubfileId + ".lock"))).orElseThrow(() -> new CommandFailure(CommandFailure.FAILED,
                "Another command downloads it into this folder right now: wait until it is done."));
    }

    /** Before anything is fetched: what may be the very zip that is wanted is looked at when that is known. */
    void requireFreeOrZip(String pubfileId) throws IOException {
        Path place = zip(pubfileId);
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) && !isZip(place)) {
            throw taken(place, "");
        }
    }

    private static boolean isZip(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        }
    }

    private static TakenException taken(Path zip, String why) {
        return new TakenException(zip, why + "name another folder with --output, or replace it with --force");
    }

    /**
     * The server's zip, byte by byte; one that is there already stays if it is the same, and is replaced by {@code force} alone. With
     * {@code keep} the files stay as a folder beside it.
     */
    Saved zip(String pubfileId, Outcome.Fetched fetched, boolean keep, boolean force) throws IOException {
        Path content = DirectFetch.content(work(pubfileId));
        List<ContentFile> files = ContentScan.of(content, fetched.files().stream().map(FetchedFile::path).toList());
        ZipView view = new ZipView(files);
        Path place = zip(pubfileId);
        boolean compare = !force && Files.exists(place, LinkOption.NOFOLLOW_LINKS);
        if (compare && Files.size(place) != view.length()) {
            throw taken(place, OTHER_VERSION);
        }
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < view.length()) {
            throw new CommandFailure(CommandFailure.FAILED, "The disk has " + ProgressBar.bytes(free) + " left, too few for the zip of "
                    + ProgressBar.bytes(view.length()) + ": make room and run the command again, or use --no-zip.");
        }
        Path fresh = work(pubfileId).resolve("zip");
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE); OutputStream out = Channels.newOutputStream(channel)) {
            view.writeTo(out, content);
            channel.force(true);
        }
        if (compare && Files.mismatch(fresh, place) >= 0) {
            throw taken(place, OTHER_VERSION);
        }
        if (!compare) {
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        }
        if (keep) {
            place(pubfileId, content);
        }
        return new Saved(place, files.size(), view.length());
    }

    /** The files in a folder of their own. */
    Saved folder(String pubfileId, Outcome.Fetched fetched) throws IOException {
        place(pubfileId, DirectFetch.content(work(pubfileId)));
        return new Saved(folder(pubfileId), fetched.files().size(), fetched.files().stream().mapToLong(FetchedFile::sizeBytes).sum());
    }

    /** Whatever lies there may be somebody's own: it is never replaced. */
    void requireFree(Path place) {
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new TakenException(place, "remove it, or name another place with --output");
        }
    }

    /** Moves files here, for good. */
    void place(String pubfileId, Path content) throws IOException {
        requireFree(folder(pubfileId));
        DataFolder.deleteTree(content.resolve(".DepotDownloader"));
        try (Stream<Path> all = Files.walk(content)) {
            // of a person's own copy nothing is shared with others
            all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).forEach(path -> path.toFile().setWritable(true, true));
        }
        Files.move(content, folder(pubfileId), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Of a finished item. */
    void clean(String pubfileId) throws IOException {
        DataFolder.deleteTree(work(pubfileId));
    }

    /** There is nothing that a further try could go on from. */
    void cleanIfEmpty(String pubfileId) throws IOException {
        Path target = work(pubfileId).resolve("target");
        try (Stream<Path> all = Files.exists(target) ? Files.walk(target) : Stream.of()) {
            if (all.filter(path -> !path.toString().contains("/.DepotDownloader/")).anyMatch(Files::isRegularFile)) {
                return;
            }
        }
        clean(pubfileId);
    }

    /** No work is left: neither is its folder. */
    void close() throws IOException {
        try {
            Files.deleteIfExists(root.resolve(WORK));
        } catch (DirectoryNotEmptyException e) {
            // what was interrupted is gone on from the next time
        }
    }
}
