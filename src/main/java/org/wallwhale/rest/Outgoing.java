package org.wallwhale.rest;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A body on its way to one client, from the first byte to the one end: all is sent, the client is gone, the body could not be
 * read, it was cut off because the client may no longer have it, or the client took nothing for too long. The clock of the
 * suspended answer looks after the last.
 */
final class Outgoing {
    private static final Logger LOG = System.getLogger(Outgoing.class.getName());

    private final OpenRange body;
    private final AsyncResponse answer;
    private final int status;
    private final long patienceNanos;
    private final String requestId;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long progressAt = System.nanoTime();
    private volatile Runnable onCut = () -> { };
    private volatile Runnable onEnd = () -> { };

    Outgoing(OpenRange body, AsyncResponse answer, int status, Duration stallAfter, String requestId) {
        this.body = body;
        this.answer = answer;
        this.status = status;
        this.patienceNanos = stallAfter.toNanos();
        this.requestId = requestId;
        answer.setTimeoutHandler(waiting -> look(System.nanoTime()));
        answer.setTimeout(patienceNanos, TimeUnit.NANOSECONDS);
    }

    /** {@code ended} is called when it has ended, at once if it has already. */
    void onEnd(Runnable ended) {
        onEnd = ended;
        if (!isOpen()) {
            ended.run();
        }
    }

    /** {@code hangUp} is called when the body ends before its last byte was taken. */
    void onCut(Runnable hangUp) {
        onCut = hangUp;
    }

    /** How many bytes now lie in {@code chunk}; 0 at the end. */
    int read(byte[] chunk) throws IOException {
        try {
            return body.bytes().readNBytes(chunk, 0, chunk.length);
        } catch (IOException e) {
            if (isOpen()) {
                LOG.log(Level.ERROR, "The answer to request " + requestId + " was cut off", e);
            }
            throw e;
        }
    }

    /** See {@link OpenRange.Files}. 0 also when it fails: why, on the disk or on the way, the next bytes that are read will show. */
    long sendTo(WritableByteChannel client) {
        try {
            return body.files().sendTo(client);
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * True where the next bytes have to wait: then {@code goOn} is called when it is time, by a thread that all such waits share, so that it
     * may do no more than hand the work on. The reader is not at fault for the wait.
     */
    boolean waits(Runnable goOn) {
        long nanos = body.pauseNanos().getAsLong();
        if (nanos <= 0) {
            return false;
        }
        progressAt = System.nanoTime() + nanos;
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run).execute(() -> {
            if (isOpen()) {
                goOn.run();
            }
        });
        return true;
    }

    /** The client took something just now. */
    void taken() {
        progressAt = System.nanoTime();
    }

    boolean isOpen() {
        return !ended.get();
    }

    private void look(long now) {
        long left = patienceNanos - (now - progressAt);
        if (left > 0) {
            answer.setTimeout(left, TimeUnit.NANOSECONDS);
        } else {
            LOG.log(Level.DEBUG, "The reader of request " + requestId + " took nothing for too long and was dropped");
            cut();
        }
    }

    /** Ends it before its last byte. */
    void cut() {
        if (ended.compareAndSet(false, true)) {
            onCut.run();
            close();
        }
    }

    /** Ends it after its last byte. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            close();
        }
    }

    private void close() {
        onEnd.run();
        try {
            body.bytes().close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "What request " + requestId + " read could not be closed", e);
        }
        // WildFly takes the status of this answer for a short body, whose head it has not sent yet
        answer.resume(Response.status(status).build());
    }
}
