package org.wallwhale.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentScanTest {
    @TempDir
    private Path root;

    @Test
    void everyFileIsDescribedInTheOrderAsked() throws IOException {
        Files.createDirectories(root.resolve("d/\u96e8"));
        Files.writeString(root.resolve("check"), "123456789");
        Files.createFile(root.resolve("d/\u96e8/empty"));
        assertThat(ContentScan.of(root, List.of("d/\u96e8/empty", "check"))).containsExactly(
            new ContentFile("d/\u96e8/empty", 0, 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            new ContentFile("check", 9, 0xCBF43926L, "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"));
    }

    @Test
    void digestsOfFilesLargerThanTheBufferAreThoseOfOpenssl() throws Exception {
        byte[] bytes = new byte[1_000_003];
        new Random(1).nextBytes(bytes);
        Path large = Files.write(root.resolve("large"), bytes);
        ContentFile file = ContentScan.of(root, List.of("large")).get(0);
        assertThat(Program.output("openssl", "dgst", "-sha256", "-r", large.toString())).startsWith(file.sha256());
        assertThat(file.sizeBytes()).isEqualTo(bytes.length);
    }

    @Test
    void filesOfAnyNumberOfBlocksAreDescribedRight() throws IOException {
        Random random = new Random(2);
        for (int blocks = 0; blocks < 5; blocks++) {
            for (int more = -1; more <= 1; more++) {
                byte[] bytes = new byte[Math.max(0, blocks * FileDigest.BLOCK_BYTES + more)];
                random.nextBytes(bytes);
                Files.deleteIfExists(root.resolve("f"));
                Files.write(root.resolve("f"), bytes);
                CRC32 crc32 = new CRC32();
                crc32.update(bytes);
                assertThat(ContentScan.of(root, List.of("f"))).containsExactly(new ContentFile("f", bytes.length, crc32.getValue(),
                    HexFormat.of().formatHex(Sha256.digest().digest(bytes))));
            }
        }
    }

    @Test
    void filesCanNoLongerBeWrittenAndFoldersStillBeRemoved() throws IOException {
        Path folder = Files.createDirectories(root.resolve("c/d"));
        Path file = Files.createFile(folder.resolve("f"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        ContentScan.of(root, List.of("c/d/f"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("r--r--r--");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root))).isEqualTo("rwxr-xr-x");
        Files.delete(file);
        Files.delete(folder);
    }

    @Test
    void linksSpecialFilesAndFoldersAreRefusedBeforeAnyFileIsTouched() throws Exception {
        Path file = Files.createFile(root.resolve("file"));
        Path outside = Files.createDirectories(root.resolve("outside/deep"));
        Files.createFile(outside.resolve("f"));
        Path item = Files.createDirectory(root.resolve("item"));
        Files.createFile(item.resolve("good"));
        String before = PosixFilePermissions.toString(Files.getPosixFilePermissions(item.resolve("good")));
        Files.createSymbolicLink(item.resolve("link"), file);
        Files.createSymbolicLink(item.resolve("folder"), root.resolve("outside"));
        Program.output("mkfifo", item.resolve("pipe").toString());
        Files.createDirectory(item.resolve("empty"));
        for (String path : List.of("link", "folder/deep/f", "folder", "pipe", "empty", "good/x", "absent", "absent/x")) {
            assertThatThrownBy(() -> ContentScan.of(item, List.of("good", path))).as(path).isInstanceOf(IOException.class);
        }
        for (String path : List.of("../file", root.resolve("file").toString(), "empty/../good", "")) {
            assertThatThrownBy(() -> ContentScan.of(item, List.of("good", path))).as(path)
                .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(item.resolve("good")))).isEqualTo(before);
    }

    @Test
    void anInterruptEndsItWithAnException() throws IOException {
        Files.writeString(root.resolve("f"), "x");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> ContentScan.of(root, List.of("f"))).isInstanceOf(IOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aFolderThatIsNotThereCannotBeSynced() throws IOException {
        ContentScan.syncFolders(Files.createDirectories(root.resolve("a/b")), root);
        assertThatThrownBy(() -> ContentScan.syncFolders(root.resolve("absent"), root)).isInstanceOf(IOException.class);
    }
}
