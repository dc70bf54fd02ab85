package org.wallwhale.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A counter in a file that says "this server is not frozen". Every child's guarding script reads it once a second and kills
 * the child after eight equal reads.
 */
final class Heartbeat {
    private final Path file;
    private long count;

    /** The file carries the process id: several servers may share the folder. */
    Heartbeat(Path folder) {
        file = folder.resolve("heartbeat-" + ProcessHandle.current().pid());
        file.toFile().deleteOnExit();
    }

    Path file() {
        return file;
    }

    synchronized void beat() {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, ++count + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("The heartbeat file cannot be written: " + e.getMessage(), e);
        }
    }
}
