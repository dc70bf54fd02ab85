package org.wallwhale.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** Feeds one client's connection with a body, a chunk whenever the container takes one. The container alone calls it, and after a wait its threads do. */
final class BodyOutput implements WriteListener {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Outgoing body;
    private final ServletOutputStream out;
    private final AsyncContext threads;

    /** {@code threads} are those that go on after a wait. */
    BodyOutput(Outgoing body, ServletOutputStream out, AsyncContext threads) {
        this.body = body;
        this.out = out;
        this.threads = threads;
    }

    @Override
    public void onWritePossible() {
        // made anew each time, and only once there is something to write: a reader that waits costs no memory but what the container holds for it
        byte[] chunk = null;
        try {
            while (body.isOpen() && out.isReady() && !body.waits(this::goOn)) {
                chunk = chunk == null ? new byte[CHUNK_BYTES] : chunk;
                writeOnce(chunk);
            }
        } catch (IOException | RuntimeException e) {
            // the client is gone, and the container told it in its own words
            body.cut();
        }
    }

    private void goOn() {
        try {
            threads.start(this::onWritePossible);
        } catch (RuntimeException e) {
            // the server stops, or gave the request up
            body.cut();
        }
    }

    private void writeOnce(byte[] chunk) throws IOException {
        int count = body.read(chunk);
        if (count == 0) {
            body.end();
            return;
        }
        out.write(chunk, 0, count);
        body.taken();
    }

    @Override
    public void onError(Throwable thrown) {
        body.cut();
    }
}
