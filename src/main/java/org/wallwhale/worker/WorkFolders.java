package org.wallwhale.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wallwhale.config.DataFolder;
import org.wallwhale.download.Claim;

/**
 * The private folders that runs write to: {@code work/<download>-<fence>}. A new claim takes over its predecessor's folder by
 * renaming it, so that a child of the old claim, should one still live, no longer finds it.
 */
@ApplicationScoped
class WorkFolders {
    private static final Pattern RUN = Pattern.compile("([0-9a-f-]{36})-[0-9]+");
    private DataFolder folder;

    WorkFolders() {
    }

    @Inject
    WorkFolders(DataFolder folder) {
        this.folder = folder;
    }

    /** The claim's folder, holding what an interrupted run of the same download left. */
    Path take(Claim claim) {
        Path own = folder.folder("work").resolve(claim.downloadId() + "-" + claim.fence());
        List<Path> earlier = of(claim.downloadId());
        try {
            if (!earlier.isEmpty()) {
                Files.move(earlier.get(0), own);
            }
            for (Path other : earlier.subList(Math.min(1, earlier.size()), earlier.size())) {
                deleteTree(other);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of an earlier run could not be taken over", e);
        }
        return own;
    }

    /** Deletes whatever is left of a download's runs. */
    void clean(UUID downloadId) {
        try {
            for (Path path : of(downloadId)) {
                deleteTree(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of a run could not be deleted", e);
        }
    }

    /** The downloads that have a folder. */
    Set<UUID> downloads() {
        try (Stream<Path> all = Files.list(folder.folder("work"))) {
            return all.map(path -> RUN.matcher(path.getFileName().toString())).filter(Matcher::matches)
                    .map(name -> UUID.fromString(name.group(1))).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException("The work folder could not be read", e);
        }
    }

    /** One HOME per slot: the tool keeps its session there, and no two of its processes may share one. */
    Path home(String name, int slot) {
        return folder.folder("homes").resolve(name + "-" + slot);
    }

    private List<Path> of(UUID downloadId) {
        try (Stream<Path> all = Files.list(folder.folder("work"))) {
            return all.filter(path -> path.getFileName().toString().startsWith(downloadId + "-"))
                    .sorted(Comparator.comparingLong(WorkFolders::fence).reversed()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The work folder could not be read", e);
        }
    }

    private static long fence(Path path) {
        String name = path.getFileName().toString();
        return Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
