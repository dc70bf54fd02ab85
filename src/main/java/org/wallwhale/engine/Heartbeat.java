package org.wallwhale.engine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A counter in a file that says "this server is not frozen". Every child's guarding script reads it once a second and kills
 * the child after eight equal reads. Its name is random: servers in containers share the folder and their process ids.
 */
final class Heartbeat {
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final Path file;
    /** No channel: an interrupt would close it for good. */
    private RandomAccessFile open;
    private long count;

    Heartbeat(Path folder) {
        file = folder.resolve("heartbeat-" + UUID.randomUUID());
    }

    Path file() {
        return file;
    }

    synchronized void beat() {
        try {
            if (open == null) {
                Files.createDirectories(file.getParent());
                sweep();
                open = new RandomAccessFile(file.toFile(), "rw");
                file.toFile().deleteOnExit();
            }
            // Always the same length at the same place, so that a full disk does not stop the heart.
            open.seek(0);
            open.write("%019d\n".formatted(++count).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("The heartbeat file cannot be written: " + e.getMessage(), e);
        }
    }

    /** Killed servers could not delete theirs. */
    private void sweep() throws IOException {
        Instant oldest = Instant.now().minus(LEFT_BEHIND);
        try (Stream<Path> files = Files.list(file.getParent())) {
            List<Path> heartbeats = files.filter(path -> path.getFileName().toString().startsWith("heartbeat-")).toList();
            for (Path heartbeat : heartbeats) {
                if (Files.getLastModifiedTime(heartbeat).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(heartbeat);
                }
            }
        }
    }
}
