package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wallwhale.config.DataFolder;
import org.wallwhale.download.DownloadConfig;

/**
 * Copies content below the export root, for game servers and Wallpaper Engine folders that mount it. The content is copied and
 * not linked, because a reader could write through a link into the store.
 */
@ApplicationScoped
class ExportFolder {
    private Path root;

    ExportFolder() {
    }

    @Inject
    ExportFolder(DownloadConfig config) {
        root = config.exportRoot().orElse(null);
    }

    /**
     * The finished copy appears by one rename beside the old one, which goes afterwards, together with what earlier killed runs
     * left. {@code fence} names the half-made copy, so that such a leftover never stands in the way. {@code lastCheck} may keep
     * the old copy by an exception.
     */
    void copy(Path content, String exportFolder, Arrival arrival, long fence, Runnable lastCheck) throws IOException {
        Path parent = parent(exportFolder);
        Path target = parent.resolve(arrival.key().pubfileId());
        Path fresh = parent.resolve("." + arrival.key().pubfileId() + ".new-" + fence);
        Path old = parent.resolve("." + arrival.key().pubfileId() + ".old-" + fence);
        deleteLeftovers(parent, arrival.key().pubfileId(), fence);
        for (ContentFile file : arrival.files()) {
            Path copy = fresh.resolve(file.path());
            Files.createDirectories(copy.getParent());
            Files.copy(content.resolve(file.path()), copy, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
        }
        lastCheck.run();
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        DataFolder.deleteTree(old);
    }

    /** Refuses to follow a link that leads out of the export root. */
    private Path parent(String exportFolder) throws IOException {
        Files.createDirectories(root);
        Path parent = root.toRealPath();
        for (String segment : exportFolder.split("/")) {
            parent = parent.resolve(segment);
            try {
                Files.createDirectory(parent);
            } catch (FileAlreadyExistsException e) {
                // Made by an earlier run or, this very moment, by that of another item.
            }
            if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("A part of the export folder " + exportFolder + " is no folder.");
            }
        }
        return parent;
    }

    private static void deleteLeftovers(Path parent, String pubfileId, long fence) throws IOException {
        Pattern leftover = Pattern.compile("\\." + pubfileId + "\\.(?:new|old)-([0-9]{1,18})");
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(parent, "." + pubfileId + ".*")) {
            for (Path sibling : siblings) {
                Matcher name = leftover.matcher(sibling.getFileName().toString());
                if (name.matches() && Long.parseLong(name.group(1)) <= fence) {
                    DataFolder.deleteTree(sibling);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
