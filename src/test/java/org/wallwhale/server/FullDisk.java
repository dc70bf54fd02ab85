package org.wallwhale.server;

import java.io.IOException;

/**
 * A disk that takes nothing more from one process: the kernel refuses all that it writes beyond the first page of a file, until this is
 * closed. Needs neither a disk of its own nor any right that the tests may lack.
 */
final class FullDisk implements AutoCloseable {
    private final long pid;

    private FullDisk(long pid) {
        this.pid = pid;
    }

    static FullDisk of(long pid) throws IOException, InterruptedException {
        FullDisk disk = new FullDisk(pid);
        disk.limit("4096");
        return disk;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        limit("unlimited");
    }

    /** The soft limit alone, which may be raised again. */
    private void limit(String bytes) throws IOException, InterruptedException {
        if (new ProcessBuilder("prlimit", "--pid", String.valueOf(pid), "--fsize=" + bytes + ":").inheritIO().start().waitFor() != 0) {
            throw new IOException("prlimit failed");
        }
    }
}
