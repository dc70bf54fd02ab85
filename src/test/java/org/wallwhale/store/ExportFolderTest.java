package org.wallwhale.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.Settings;
import org.wallwhale.download.DownloadConfig;
import org.wallwhale.engine.Reason;

class ExportFolderTest {
    private static final String USER_FOLDER = "7f0c1a52-0d0e-4a6b-9b6e-1f2f3a4b5c6d/mods/雨";
    private static final String NAME = "scenes/Größe 壁紙.pkg";
    @TempDir
    private Path folder;
    private Path root;
    private ExportFolder exports;
    private Runnable lastCheck = () -> { };

    @BeforeEach
    void configure() {
        root = folder.resolve("exports/all");
        exports = new ExportFolder(new DownloadConfig(new Settings(key ->
                Optional.ofNullable(Map.of("wallwhale.download.export-root", root.toString()).get(key)))));
    }

    @Test
    void theCopyLiesInTheUsersFolderUnderTheItemsId() throws IOException {
        export(USER_FOLDER, "3000000000", 1, Map.of(NAME, "abc", "project.json", "{}"));
        Path copy = root.resolve(USER_FOLDER).resolve("3000000000");
        assertThat(copy.resolve(NAME)).hasContent("abc");
        assertThat(copy.resolve("project.json")).hasContent("{}");
        assertThat(names(copy.getParent())).containsExactly("3000000000");
    }

    @Test
    void aLastCheckThatFailsKeepsTheOldCopy() throws IOException {
        export("mods", "3000000000", 2, Map.of(NAME, "of the newer claim"));
        lastCheck = () -> {
            throw new IllegalStateException("overtaken");
        };
        assertThatThrownBy(() -> export("mods", "3000000000", 1, Map.of(NAME, "late"))).hasMessage("overtaken");
        assertThat(root.resolve("mods/3000000000").resolve(NAME)).hasContent("of the newer claim");
    }

    @Test
    void whoWritesToTheCopyDoesNotChangeTheStore() throws IOException {
        Path content = export("mods", "3000000000", 1, Map.of(NAME, "abc"));
        Path copy = root.resolve("mods/3000000000").resolve(NAME);
        assertThat(Files.getAttribute(copy, "unix:ino")).isNotEqualTo(Files.getAttribute(content.resolve(NAME), "unix:ino"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy))).isEqualTo("rw-r--r--");
        Files.writeString(copy, "changed");
        Files.delete(copy);
        assertThat(content.resolve(NAME)).hasContent("abc");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(content.resolve(NAME)))).isEqualTo("r--r--r--");
    }

    @Test
    void anEarlierVersionIsReplacedAsAWhole() throws IOException {
        export("mods", "3000000000", 1, Map.of("old.txt", "1", "both.txt", "1"));
        export("mods", "3000000001", 2, Map.of("other.txt", "1"));
        Files.writeString(root.resolve("mods/3000000000/made by a reader"), "x");
        export("mods", "3000000000", 3, Map.of("both.txt", "2"));
        assertThat(names(root.resolve("mods/3000000000"))).containsExactly("both.txt");
        assertThat(root.resolve("mods/3000000000/both.txt")).hasContent("2");
        assertThat(names(root.resolve("mods"))).containsExactlyInAnyOrder("3000000000", "3000000001");
    }

    @Test
    void whatKilledRunsLeftIsRemovedAndNothingElse() throws IOException {
        for (String leftover : List.of(".3000000000.new-3", ".3000000000.old-3", ".3000000000.new-2", ".3000000000.old-1")) {
            Files.createDirectories(root.resolve("mods").resolve(leftover).resolve("scenes"));
            Files.writeString(root.resolve("mods").resolve(leftover).resolve("half"), "x");
        }
        List<String> others = List.of(".3000000000.new-4", ".3000000000.new-x", ".3000000001.new-1", "3000000000.new-1");
        for (String other : others) {
            Files.createDirectories(root.resolve("mods").resolve(other));
        }
        export("mods", "3000000000", 3, Map.of("a.txt", "1"));
        assertThat(names(root.resolve("mods/3000000000"))).containsExactly("a.txt");
        assertThat(names(root.resolve("mods"))).contains("3000000000").containsAll(others).hasSize(others.size() + 1);
    }

    @Test
    void aLinkOnTheWayIsRefusedAndNothingWrittenThroughIt() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside/mods"));
        Files.createDirectories(root);
        Files.createSymbolicLink(root.resolve("link"), outside.getParent());
        Files.writeString(root.resolve("file"), "x");
        for (String wrong : List.of("link", "link/mods", "file", "file/mods")) {
            assertThatThrownBy(() -> export(wrong, "3000000000", 1, Map.of("a.txt", "1"))).as(wrong)
                    .isInstanceOfSatisfying(ExportException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.EXPORT_NOT_WRITABLE))
                    .hasMessageContaining('"' + wrong + '"').hasMessageNotContaining(folder.toString());
        }
        assertThat(names(outside)).isEmpty();
        assertThat(names(outside.getParent())).containsExactly("mods");
    }

    @Test
    void aLinkInThePlaceOfTheCopyIsReplacedAndItsTargetKept() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("a.txt"), "theirs");
        Files.createDirectories(root.resolve("mods"));
        Files.createSymbolicLink(root.resolve("mods/3000000000"), outside);
        export("mods", "3000000000", 1, Map.of("a.txt", "1"));
        assertThat(outside.resolve("a.txt")).hasContent("theirs");
        assertThat(root.resolve("mods/3000000000/a.txt")).hasContent("1");
        assertThat(root.resolve("mods/3000000000")).isDirectory().matches(copy -> !Files.isSymbolicLink(copy));
    }

    @Test
    void aRootThatCannotBeMadeIsNotWritable() throws IOException {
        Files.writeString(root.getParent(), "a file");
        assertThatThrownBy(() -> export("mods", "3000000000", 1, Map.of("a.txt", "1")))
                .isInstanceOfSatisfying(ExportException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.EXPORT_NOT_WRITABLE))
                .hasMessageNotContaining(folder.toString());
    }

    @Test
    void aCopyThatBreaksOffLeavesTheOldOneAndNoHalfOne() throws IOException {
        Path content = export("mods", "3000000000", 1, Map.of("a.txt", "1", "b.txt", "1"));
        List<ContentFile> files = ContentScan.of(content, List.of("a.txt", "b.txt"));
        Files.delete(content.resolve("b.txt"));
        assertThatThrownBy(() -> exports.copy(content, "mods", arrival("3000000000", files), 2, () -> { }))
                .isInstanceOfSatisfying(ExportException.class,
                        broken -> assertThat(broken.reason()).isEqualTo(Reason.EXPORT_FAILED))
                .hasMessageContaining("\"mods\"").hasMessageNotContaining(folder.toString());
        assertThat(names(root.resolve("mods"))).containsExactly("3000000000");
        assertThat(names(root.resolve("mods/3000000000"))).containsExactlyInAnyOrder("a.txt", "b.txt");
    }

    @Test
    void theOldCopyIsBackBeforeTheNewOneIsMade() throws IOException {
        Path content = export("mods", "3000000000", 1, Map.of("a.txt", "1"));
        List<ContentFile> files = ContentScan.of(content, List.of("a.txt"));
        Files.move(root.resolve("mods/3000000000"), root.resolve("mods/.3000000000.old-2"));
        Files.delete(content.resolve("a.txt"));
        assertThatThrownBy(() -> exports.copy(content, "mods", arrival("3000000000", files), 3, () -> { })).isInstanceOf(ExportException.class);
        assertThat(root.resolve("mods/3000000000/a.txt")).hasContent("1");
    }

    @Test
    void otherUsersCanReadTheCopyWhateverTheUmask() throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Program.output("sh", "-c", "umask 077 && exec \"$@\"", "sh", System.getProperty("java.home") + "/bin/java", "-cp", classPath,
                Exporting.class.getName(), folder.toString());
        try (Stream<Path> copies = Files.walk(root)) {
            assertThat(copies).hasSize(7).allSatisfy(path -> assertThat(PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(path))).isEqualTo(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /** A process, because a running one cannot change its umask. */
    static final class Exporting {
        public static void main(String[] arguments) throws IOException {
            ExportFolderTest test = new ExportFolderTest();
            test.folder = Path.of(arguments[0]);
            test.configure();
            test.export("user/mods", "3000000000", 1, Map.of("deep/folder/a.txt", "1"));
        }
    }

    @Test
    void theRootItselfMayBeALink() throws IOException {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        Files.createDirectories(root.getParent());
        Files.createSymbolicLink(root, disk);
        export("mods", "3000000000", 1, Map.of("a.txt", "1"));
        assertThat(disk.resolve("mods/3000000000/a.txt")).hasContent("1");
    }

    @Test
    void severalItemsOfOneNewFolderAreCopiedAtTheSameTime() throws Exception {
        Path content = Files.createDirectories(folder.resolve("store"));
        Files.writeString(content.resolve("a.txt"), "1");
        List<ContentFile> files = ContentScan.of(content, List.of("a.txt"));
        ExecutorService eight = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                String parent = round + "/a/b/c/d/e/f/g/h";
                CyclicBarrier start = new CyclicBarrier(8);
                List<Callable<Path>> copies = IntStream.range(0, 8).<Callable<Path>>mapToObj(item -> () -> {
                    start.await();
                    exports.copy(content, parent, arrival(String.valueOf(item), files), item, () -> { });
                    return root.resolve(parent).resolve(item + "/a.txt");
                }).toList();
                for (Future<Path> copy : eight.invokeAll(copies)) {
                    assertThat(copy.get()).hasContent("1");
                }
            }
        } finally {
            eight.shutdown();
        }
    }

    private Path export(String exportFolder, String item, long fence, Map<String, String> files) throws IOException {
        Path content = Files.createDirectories(folder.resolve("store").resolve(item + "-" + fence));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.createDirectories(content.resolve(file.getKey()).getParent());
            Files.writeString(content.resolve(file.getKey()), file.getValue());
        }
        exports.copy(content, exportFolder, arrival(item, ContentScan.of(content, List.copyOf(files.keySet()))), fence, lastCheck);
        return content;
    }

    private static Arrival arrival(String item, List<ContentFile> files) {
        return new Arrival(new ContentKey("sandbox", 431960, item, "1"), "unused", files);
    }

    private static List<String> names(Path parent) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }
}
