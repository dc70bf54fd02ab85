package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wallwhale.config.DataFolder;
import org.wallwhale.download.DownloadConfig;
import org.wallwhale.engine.Reason;

/**
 * Copies content below the export root, for game servers and Wallpaper Engine folders that mount it. The content is copied and
 * not linked, because a reader could write through a link into the store. Readers may be other users: files get the mode 0644
 * and folders made here 0755, whatever the server's umask.
 */
@ApplicationScoped
class ExportFolder {
    private static final Set<PosixFilePermission> FILE_RIGHTS = PosixFilePermissions.fromString("rw-r--r--");
    private Path root;

    ExportFolder() {
    }

    @Inject
    ExportFolder(DownloadConfig config) {
        root = config.exportRoot().map(Path::toAbsolutePath).orElse(null);
    }

    /**
     * The finished copy appears by one rename beside the old one, which goes afterwards, together with what earlier killed runs
     * left. {@code fence} names the half-made copy, so that such a leftover never stands in the way. {@code lastCheck} may keep
     * the old copy by an exception. The disk has the copy on return.
     *
     * @throws ExportException when the copy cannot be written
     */
    void copy(Path content, String exportFolder, Arrival arrival, long fence, Runnable lastCheck) throws IOException {
        try {
            write(content, parent(exportFolder), arrival, fence, lastCheck);
        } catch (ClosedByInterruptException | InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            boolean mayPass = Files.isWritable(root) && !(e instanceof AccessDeniedException || e instanceof NotDirectoryException);
            throw mayPass
                    ? new ExportException(Reason.EXPORT_FAILED, "The copy to the export folder \"" + exportFolder
                            + "\" could not be finished.", e)
                    : new ExportException(Reason.EXPORT_NOT_WRITABLE, "The server may not write to the export folder \""
                            + exportFolder + "\", or a part of it is no folder.", e);
        }
    }

    private void write(Path content, Path parent, Arrival arrival, long fence, Runnable lastCheck) throws IOException {
        Path target = parent.resolve(arrival.key().pubfileId());
        Path fresh = parent.resolve("." + arrival.key().pubfileId() + ".new-" + fence);
        Path old = parent.resolve("." + arrival.key().pubfileId() + ".old-" + fence);
        List<Path> before = leftovers(parent, arrival.key().pubfileId(), "old", fence);
        if (!before.isEmpty() && !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            // A run that was killed between its two renames left no other copy, and the new one takes minutes.
            Files.move(before.get(0), target, StandardCopyOption.ATOMIC_MOVE);
        }
        for (Path leftover : leftovers(parent, arrival.key().pubfileId(), "new|old", fence)) {
            DataFolder.deleteTree(leftover);
        }
        try {
            fill(fresh, content, arrival.files());
            lastCheck.run();
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            DataFolder.deleteTree(fresh);
        }
        ContentScan.syncFolders(parent, root.toRealPath());
        DataFolder.deleteTree(old);
    }

    private static void fill(Path fresh, Path content, List<ContentFile> files) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        List<Path> copies = new ArrayList<>(files.size());
        for (ContentFile file : files) {
            Path copy = fresh.resolve(file.path());
            makeFolder(copy.getParent());
            for (Path folder = copy.getParent(); folders.add(folder) && !folder.equals(fresh);) {
                folder = folder.getParent();
            }
            Files.copy(content.resolve(file.path()), copy, StandardCopyOption.REPLACE_EXISTING);
            copies.add(copy);
        }
        try (DurableFiles durable = new DurableFiles(copies, FILE_RIGHTS)) {
            durable.finish(folders);
        }
    }

    /** Refuses to follow a link that leads out of the export root. */
    private Path parent(String exportFolder) throws IOException {
        makeFolder(root);
        Path parent = checked(root.toRealPath());
        for (String segment : exportFolder.split("/")) {
            parent = parent.resolve(segment);
            makeFolder(parent);
            checked(parent);
        }
        return parent;
    }

    private static Path checked(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(folder.toString());
        }
        return folder;
    }

    /** What is there already keeps its rights: they are the operator's. */
    private static void makeFolder(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        makeFolder(folder.getParent());
        try {
            Files.createDirectory(folder);
            Files.setPosixFilePermissions(folder, DurableFiles.FOLDER_RIGHTS);
        } catch (FileAlreadyExistsException e) {
            // Made this very moment by the run of another item.
        }
    }

    /** Of this run and those before it; {@code kind} is a part of a regular expression. */
    private static List<Path> leftovers(Path parent, String pubfileId, String kind, long fence) throws IOException {
        Pattern leftover = Pattern.compile("\\." + pubfileId + "\\.(?:" + kind + ")-([0-9]{1,18})");
        List<Path> leftovers = new ArrayList<>();
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(parent, "." + pubfileId + ".*")) {
            for (Path sibling : siblings) {
                Matcher name = leftover.matcher(sibling.getFileName().toString());
                if (name.matches() && Long.parseLong(name.group(1)) <= fence) {
                    leftovers.add(sibling);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return leftovers;
    }
}
