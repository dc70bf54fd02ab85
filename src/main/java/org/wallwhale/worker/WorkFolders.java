package org.wallwhale.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.wallwhale.cluster.Instance;
import org.wallwhale.config.DataFolder;
import org.wallwhale.download.Claim;

/**
 * The private folders that runs write to: {@code work/<download>-<fence>}. A new claim takes over its predecessor's folder by
 * renaming it, so that a child of the old claim, should one still live, no longer finds it.
 */
@ApplicationScoped
class WorkFolders {
    private DataFolder folder;
    private Instance instance;

    WorkFolders() {
    }

    @Inject
    WorkFolders(DataFolder folder, Instance instance) {
        this.folder = folder;
        this.instance = instance;
    }

    /** The claim's folder, holding what an interrupted run left; {@link OvertakenException} when a newer claim has one. */
    Path take(Claim claim) {
        Path own = folder.folder("work").resolve(claim.downloadId() + "-" + claim.fence());
        List<WorkFolder> earlier = of(claim);
        OvertakenException.unless(earlier.isEmpty() || earlier.get(0).fence() <= claim.fence());
        if (!earlier.isEmpty()) {
            move(earlier.get(0).path(), own);
            earlier.stream().skip(1).forEach(this::delete);
        }
        return own;
    }

    /** Deletes whatever this claim and those before it left; a newer claim's folder stays. */
    void clean(Claim claim) {
        of(claim).stream().filter(found -> found.fence() <= claim.fence()).forEach(this::delete);
    }

    /** Deletes a folder, unless a newer claim took it over since it was found. */
    void delete(WorkFolder found) {
        try {
            DataFolder.deleteTree(found.path());
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of a run could not be deleted", e);
        }
    }

    /** The folders of all runs. */
    List<WorkFolder> all() {
        try (Stream<Path> all = Files.list(folder.folder("work"))) {
            return all.map(WorkFolder::of).flatMap(Optional::stream).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The work folder could not be read", e);
        }
    }

    /** One HOME per slot of each instance: the tool keeps its session there, and no two of its processes may share one. */
    Path home(String name, int slot) {
        return folder.folder("homes").resolve(instance.id() + "-" + name + "-" + slot);
    }

    /** Newest first. */
    private List<WorkFolder> of(Claim claim) {
        return all().stream().filter(found -> found.downloadId().equals(claim.downloadId()))
                .sorted(Comparator.comparingLong(WorkFolder::fence).reversed()).toList();
    }

    private static void move(Path earlier, Path own) {
        try {
            Files.move(earlier, own);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of an earlier run could not be taken over", e);
        }
    }
}
