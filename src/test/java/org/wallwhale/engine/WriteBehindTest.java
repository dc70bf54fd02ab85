package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteBehindTest {
    @TempDir
    private Path content;
    private final List<Path> taken = new CopyOnWriteArrayList<>();
    private WriteBehind behind;

    @BeforeEach
    void begin() {
        behind = new WriteBehind(content, taken::add);
        behind.start();
    }

    @AfterEach
    void end() {
        behind.close();
    }

    @Test
    void aLargeFileIsTakenAgainAfterEachChange() throws IOException {
        Path large = file("d/large", WriteBehind.LARGE_BYTES);
        awaitTaken(large);
        Files.setLastModifiedTime(large, FileTime.from(Instant.ofEpochSecond(1)));
        awaitTaken(large, large);
        Files.setLastModifiedTime(large, FileTime.from(Instant.ofEpochSecond(2)));
        awaitTaken(large, large, large);
    }

    @Test
    void smallFilesAndLinksAreLeftAlone() throws IOException {
        Path outside = Files.createTempDirectory("outside");
        Path linked = sized(outside.resolve("linked"), WriteBehind.LARGE_BYTES);
        try {
            Files.createSymbolicLink(content.resolve("a-link"), linked);
            Files.createSymbolicLink(content.resolve("b-folder"), outside);
            file("c-small", WriteBehind.LARGE_BYTES - 1);
            Path large = file("d-large", WriteBehind.LARGE_BYTES);
            awaitTaken(large);
            Files.setLastModifiedTime(large, FileTime.from(Instant.ofEpochSecond(1)));
            awaitTaken(large, large);
        } finally {
            Files.delete(linked);
            Files.delete(outside);
        }
    }

    private Path file(String path, long bytes) throws IOException {
        Files.createDirectories(content.resolve(path).getParent());
        return sized(content.resolve(path), bytes);
    }

    private static Path sized(Path file, long bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(bytes);
        }
        return file;
    }

    private void awaitTaken(Path... files) {
        Waiting.until("taken are " + List.of(files), Duration.ofSeconds(30), () -> taken.size() >= files.length);
        assertThat(taken).containsExactly(files);
    }
}
