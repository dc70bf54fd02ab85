package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWatchTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;
    private final Clock clock = new Clock();

    @Test
    void onlyBytesReallyWrittenCount() throws Exception {
        try (DiskWatch watch = new DiskWatch(folder, Duration.ofSeconds(40), clock);
                RandomAccessFile file = new RandomAccessFile(folder.resolve("sparse").toFile(), "rw")) {
            file.setLength(64 << 20);
            Waiting.until("measured", SOON, () -> watch.bytes() > 0);
            assertThat(watch.bytes()).isLessThan(1 << 20);
            file.write(new byte[8 << 20]);
            assertThat(watch.bytes()).as("not measured again before it is due").isLessThan(1 << 20);
            clock.pass(Duration.ofSeconds(1));
            Waiting.until("grown", SOON, () -> watch.bytes() >= 8 << 20);
            assertThat(watch.bytes()).isLessThan(9 << 20);
        }
    }

    @Test
    void aSlowMeasureIsRepeatedBeforeTheRunLooksStalled() throws Exception {
        try (DiskWatch watch = new DiskWatch(folder, Duration.ofSeconds(40), clock)) {
            watch.bytes();
            clock.pass(Duration.ofSeconds(10));
            Waiting.until("measured", SOON, () -> watch.bytes() > 0);
            Files.write(folder.resolve("new"), new byte[8 << 20]);
            clock.pass(Duration.ofSeconds(40));
            Waiting.until("grown", SOON, () -> watch.bytes() >= 8 << 20);
        }
    }

    @Test
    void aFolderThatVanishesIsSurvived() throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        try (DiskWatch watch = new DiskWatch(gone, Duration.ofSeconds(40), clock)) {
            Waiting.until("measured", SOON, () -> watch.bytes() > 0);
            long before = watch.bytes();
            Files.delete(gone);
            clock.pass(Duration.ofSeconds(1));
            for (int i = 0; i < 50; i++) {
                assertThat(watch.bytes()).isEqualTo(before);
                clock.pass(Duration.ofSeconds(1));
            }
        }
    }
}
