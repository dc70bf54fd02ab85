package org.wallwhale.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A body that is given up when nothing of it comes for a while, though somebody waits for it: the timeout of a request ends with the answer's headers. */
final class StallWatch extends FilterInputStream {
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "stall-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final Duration silence;
    private final ScheduledFuture<?> watch;
    private volatile long heardAt;
    private volatile boolean reading;
    private volatile boolean stalled;

    StallWatch(InputStream body, Duration silence) {
        super(body);
        this.silence = silence;
        long step = Math.max(1, silence.toMillis() / 10);
        watch = CLOCK.scheduleAtFixedRate(this::look, step, step, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (reading && System.nanoTime() - heardAt > silence.toNanos()) {
            stalled = true;
            watch.cancel(false);
            try {
                in.close();
            } catch (IOException e) {
                // whoever reads is told by isStalled
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        heardAt = System.nanoTime();
        reading = true;
        try {
            int count = super.read(into, from, most);
            if (stalled) {
                throw new IOException("closed");
            }
            return count;
        } catch (IOException e) {
            throw stalled ? new StalledException(silence) : e;
        } finally {
            reading = false;
        }
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        super.close();
    }

    /** Nothing came for as long as one waits. */
    static final class StalledException extends IOException {
        private static final long serialVersionUID = 1;

        private StalledException(Duration silence) {
            super("nothing came for " + silence.toSeconds() + " s");
        }
    }
}
