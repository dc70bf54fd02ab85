package org.wallwhale.rest;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Feeds one client's connection with a body, a chunk whenever the container takes one. The container alone calls it; the clock
 * of the suspended answer looks after a client that takes nothing.
 */
final class BodyOutput implements WriteListener {
    private static final Logger LOG = System.getLogger(BodyOutput.class.getName());
    private static final int CHUNK_BYTES = 64 * 1024;

    private final InputStream body;
    private final ServletOutputStream out;
    private final AsyncResponse answer;
    private final long patienceNanos;
    private final String requestId;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long progressAt = System.nanoTime();

    BodyOutput(InputStream body, ServletOutputStream out, AsyncResponse answer, Duration stallAfter, String requestId) {
        this.body = body;
        this.out = out;
        this.answer = answer;
        this.patienceNanos = stallAfter.toNanos();
        this.requestId = requestId;
        answer.setTimeoutHandler(waiting -> look(System.nanoTime()));
        answer.setTimeout(patienceNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void onWritePossible() {
        // made anew each time: a reader that takes nothing costs no memory but what the container holds for it
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            while (!ended.get() && out.isReady()) {
                writeOnce(chunk);
            }
        } catch (IOException | RuntimeException e) {
            // the client is gone, and the container told it in its own words
            end();
        }
    }

    private void writeOnce(byte[] chunk) throws IOException {
        int count = read(chunk);
        if (count == 0) {
            end();
            return;
        }
        out.write(chunk, 0, count);
        progressAt = System.nanoTime();
    }

    private int read(byte[] chunk) throws IOException {
        try {
            return body.readNBytes(chunk, 0, chunk.length);
        } catch (IOException e) {
            if (!ended.get()) {
                LOG.log(Level.ERROR, "The answer to request " + requestId + " was cut off", e);
            }
            throw e;
        }
    }

    private void look(long now) {
        long left = patienceNanos - (now - progressAt);
        if (left > 0) {
            answer.setTimeout(left, TimeUnit.NANOSECONDS);
        } else {
            LOG.log(Level.DEBUG, "The reader of request " + requestId + " took nothing for too long and was dropped");
            end();
        }
    }

    private void end() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        try {
            body.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "What request " + requestId + " read could not be closed", e);
        }
        answer.resume(Response.ok().build());
    }

    @Override
    public void onError(Throwable thrown) {
        end();
    }
}
