package org.wallwhale.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.download.Claim;
import org.wallwhale.download.Source;

class WorkFoldersTest {
    private static final UUID MINE = UUID.fromString("11111111-2222-3333-4444-555555555555");
    private static final UUID OTHER = UUID.fromString("11111111-2222-3333-4444-555555555556");
    @TempDir
    private Path folder;
    private WorkFolders folders;

    @BeforeEach
    void configure() {
        folders = of("here");
    }

    @Test
    void twoInstancesOnOneDataFolderShareNoHome() {
        Path home = folders.home("sandbox", 0);
        assertThat(home).hasParentRaw(folder.resolve("homes")).isEqualTo(of("here").home("sandbox", 0));
        assertThat(home).isNotEqualTo(of("there").home("sandbox", 0)).isNotEqualTo(folders.home("sandbox", 1))
                .isNotEqualTo(folders.home("anonymous", 0));
    }

    @Test
    void theFirstRunStartsWithNothing() throws IOException {
        assertThat(folders.take(claim(MINE, 1))).isEqualTo(folder.resolve("work").resolve(MINE + "-1")).doesNotExist();
    }

    @Test
    void aRunGoesOnFromTheNewestEarlierFolderAndTheOlderOnesGo() throws IOException {
        for (int fence : List.of(2, 9, 10)) {
            leave(MINE + "-" + fence, "of " + fence);
        }
        leave(OTHER + "-11", "theirs");
        Path taken = folders.take(claim(MINE, 12));
        assertThat(taken.resolve("content/Größe 壁紙.pkg")).hasContent("of 10");
        assertThat(names()).containsExactlyInAnyOrder(MINE + "-12", OTHER + "-11");
    }

    @Test
    void anOvertakenRunDoesNotTakeTheNewerOnesFolder() throws IOException {
        leave(MINE + "-5", "of the newer claim");
        assertThatThrownBy(() -> folders.take(claim(MINE, 4))).isInstanceOf(OvertakenException.class);
        assertThat(names()).containsExactly(MINE + "-5");
    }

    @Test
    void cleaningTakesAllOfOneDownloadButNotOfANewerClaim() throws IOException {
        for (String name : List.of(MINE + "-1", MINE + "-3", MINE + "-4", OTHER + "-2")) {
            leave(name, "x");
        }
        folders.clean(claim(MINE, 3));
        assertThat(names()).containsExactlyInAnyOrder(MINE + "-4", OTHER + "-2");
        folders.clean(claim(MINE, 4));
        folders.clean(claim(MINE, 4));
        assertThat(names()).containsExactly(OTHER + "-2");
    }

    @Test
    void aFolderThatWasTakenOverIsNotDeletedByItsOldName() throws IOException {
        leave(MINE + "-1", "x");
        WorkFolder found = folders.all().get(0);
        folders.take(claim(MINE, 2));
        folders.delete(found);
        assertThat(folder.resolve("work").resolve(MINE + "-2").resolve("content/Größe 壁紙.pkg")).hasContent("x");
    }

    @Test
    void namesThatNoRunHasAreLeftAlone() throws IOException {
        List<String> foreign = List.of("notes", MINE.toString(), MINE + "-", MINE + "-x", MINE + "-1x",
                MINE + "-" + "9".repeat(30), "-".repeat(36) + "-1", "a".repeat(36) + "-1", MINE + "A-1", "x" + MINE + "-1");
        for (String name : foreign) {
            leave(name, "x");
        }
        leave(MINE + "-1", "x");
        assertThat(folders.all()).containsExactly(new WorkFolder(MINE, 1, folder.resolve("work").resolve(MINE + "-1")));
        folders.take(claim(MINE, 2));
        folders.clean(claim(MINE, 2));
        assertThat(names()).containsExactlyInAnyOrderElementsOf(foreign);
    }

    @Test
    void aLinkInAFolderIsDeletedAndNotFollowed() throws IOException {
        Path outside = Files.writeString(Files.createDirectory(folder.resolve("outside")).resolve("kept"), "x");
        leave(MINE + "-1", "x");
        Files.createSymbolicLink(folder.resolve("work").resolve(MINE + "-1").resolve("link"), outside.getParent());
        folders.clean(claim(MINE, 1));
        assertThat(names()).isEmpty();
        assertThat(outside).exists();
    }

    private WorkFolders of(String instance) {
        try (Beans beans = new Beans(TestDatabase.h2(),
                Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.instance-id", instance))) {
            return beans.get(WorkFolders.class);
        }
    }

    private void leave(String name, String content) throws IOException {
        Path file = folder.resolve("work").resolve(name).resolve("content/Größe 壁紙.pkg");
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("work"))) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static Claim claim(UUID downloadId, long fence) {
        return new Claim(downloadId, UUID.randomUUID(), fence, 1, 1, 431960, "3000000000", Source.SANDBOX, Optional.empty(), Optional.empty(),
                Optional.empty(), false, Optional.empty());
    }
}
