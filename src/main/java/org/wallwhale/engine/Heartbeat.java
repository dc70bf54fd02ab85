package org.wallwhale.engine;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/**
 * A counter in a file that says "this server is not frozen". Every child's guarding script reads it once a second and kills
 * the child after eight equal reads. Its name is random: servers in containers share the folder and their process ids.
 */
final class Heartbeat {
    private static final Duration LEFT_BEHIND = Duration.ofMinutes(1);

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
            boolean first = open == null;
            if (first || !Files.exists(file)) {
                open();
            }
            // Always the same length at the same place, so that a full disk does not stop the heart.
            open.seek(0);
            open.write("%019d\n".formatted(++count).getBytes(StandardCharsets.US_ASCII));
            if (first) {
                sweep();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The heartbeat file cannot be written: " + e.getMessage(), e);
        }
    }

    private void open() throws IOException {
        if (open != null) {
            open.close();
        }
        Files.createDirectories(file.getParent());
        open = new RandomAccessFile(file.toFile(), "rw");
        file.toFile().deleteOnExit();
    }

    /**
     * Killed servers could not delete theirs. Compared with the time of the own file, which the same disk's clock gave. A server
     * that was merely frozen for so long has lost its children, and makes its file again.
     */
    private void sweep() {
        long oldest = file.toFile().lastModified() - LEFT_BEHIND.toMillis();
        File[] heartbeats = file.getParent().toFile().listFiles((folder, name) -> name.startsWith("heartbeat-"));
        for (File heartbeat : heartbeats == null ? new File[0] : heartbeats) {
            if (heartbeat.lastModified() < oldest) {
                heartbeat.delete();
            }
        }
    }
}
