package org.wallwhale.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures the blocks really allocated below a folder, with {@code du -sk} (POSIX) about once a second and never blocking:
 * the tool's files have their final length from the first second.
 */
final class DiskWatch implements AutoCloseable {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** A measure of a large tree may cost at most a twentieth of the time. */
    static final int COST_FACTOR = 20;
    private static final int KIB = 1024;

    private final Path folder;
    private final long longestPause;
    private final LongSupplier nanoTime;
    private Process du;
    private long startedAt;
    private long nextAt;
    private long bytes;

    /** {@code longestPause} between two measures, whatever they cost. */
    DiskWatch(Path folder, Duration longestPause, LongSupplier nanoTime) {
        this.folder = folder;
        this.longestPause = longestPause.toNanos();
        this.nanoTime = nanoTime;
        this.nextAt = nanoTime.getAsLong();
    }

    /** Allocated bytes as last measured, folders and the tool's bookkeeping included; starts a measure if one is due. */
    long bytes() {
        try {
            if (du == null) {
                start();
            } else if (du.getInputStream().available() > 0) {
                // The one line comes at the end and in one piece.
                read(du.getInputStream());
                end();
            } else if (!du.isAlive() && nanoTime.getAsLong() - startedAt > COST_FACTOR * SECOND) {
                end();
            }
        } catch (IOException e) {
            // A measure that failed is made up for by the next one.
            end();
        }
        return bytes;
    }

    @Override
    public void close() {
        if (du != null) {
            du.destroyForcibly();
        }
    }

    private void start() throws IOException {
        long now = nanoTime.getAsLong();
        if (now - nextAt >= 0) {
            startedAt = now;
            du = ChildProcess.bare(List.of("du", "-sk", folder.toString())).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        }
    }

    private void read(InputStream out) throws IOException {
        byte[] line = new byte[32];
        int count = Math.max(0, out.read(line));
        String number = new String(line, 0, count, StandardCharsets.US_ASCII).split("\\D", 2)[0];
        bytes = number.isEmpty() ? bytes : Long.parseLong(number) * KIB;
    }

    private void end() {
        long now = nanoTime.getAsLong();
        nextAt = now + Math.min(longestPause, Math.max(SECOND, COST_FACTOR * (now - startedAt)));
        close();
        du = null;
    }
}
