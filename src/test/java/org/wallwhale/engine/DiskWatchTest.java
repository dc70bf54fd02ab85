package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
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
            watch.bytes();
            Waiting.until("du found nothing", SOON, () -> measuring(gone).noneMatch(ProcessHandle::isAlive));
            assertThat(watch.bytes()).isEqualTo(before);
            Files.createDirectory(gone);
            Files.write(gone.resolve("new"), new byte[8 << 20]);
            Waiting.until("measured again", SOON, () -> {
                clock.pass(Duration.ofSeconds(1));
                return watch.bytes() >= 8 << 20;
            });
        }
    }

    private static Stream<ProcessHandle> measuring(Path folder) {
        return ProcessHandle.current().children()
                .filter(child -> child.info().commandLine().orElse("").contains(folder.toString()));
    }
}
