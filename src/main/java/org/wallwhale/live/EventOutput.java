package org.wallwhale.live;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bounded queue of events in front of one client's connection. Nothing here ever waits: whoever finds the connection free
 * writes, all others only leave a mark for that one. A lock would not do, because the container holds one of its own when it
 * calls {@link #onWritePossible}.
 */
final class EventOutput implements WriteListener {
    static final int MOST_UNSENT = 256;
    private static final int CHUNK_BYTES = 8 * 1024;
    private final ServletOutputStream out;
    private final Runnable onEmpty;
    private final Runnable onClose;
    private final Queue<byte[]> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unsent = new AtomicInteger();
    private final AtomicInteger marks = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean open;
    private volatile boolean unflushed;
    private volatile boolean ending;
    private volatile boolean aborted;
    private volatile boolean hungry;
    private volatile long progressAt = System.nanoTime();

    /**
     * @param onEmpty called when the queue has become empty after an event was refused
     * @param onClose called once, when nothing more will be written
     */
    EventOutput(ServletOutputStream out, Runnable onEmpty, Runnable onClose) {
        this.out = out;
        this.onEmpty = onEmpty;
        this.onClose = onClose;
    }

    /** False, and nothing taken, when {@value #MOST_UNSENT} events are unsent. Call {@link #drain} after the last one. */
    boolean offer(byte[] event) {
        if (unsent.get() >= MOST_UNSENT || ending) {
            hungry = true;
            return false;
        }
        if (!isWaiting()) {
            progressAt = System.nanoTime();
        }
        queue.add(event);
        unsent.incrementAndGet();
        return true;
    }

    /** False when full; then {@code onEmpty} is called later. */
    boolean hasRoom() {
        if (unsent.get() >= MOST_UNSENT) {
            hungry = true;
            drain();
        }
        return unsent.get() < MOST_UNSENT;
    }

    int unsent() {
        return unsent.get();
    }

    /** Closes once everything is sent. */
    void end() {
        ending = true;
        drain();
    }

    /** Closes without sending the rest. */
    void abort() {
        aborted = true;
        drain();
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Nanoseconds since the container last took something, or since it was last offered something when nothing waited. */
    long quietFor(long now) {
        return now - progressAt;
    }

    /** True while something waits for the client to read. */
    boolean isWaiting() {
        return unflushed || unsent.get() > 0;
    }

    /** Writes what the connection takes now. */
    void drain() {
        if (marks.getAndIncrement() > 0) {
            return;
        }
        int seen;
        do {
            seen = marks.get();
            write();
        } while (!marks.compareAndSet(seen, 0));
        if (hungry && unsent.get() == 0 && !closed.get()) {
            hungry = false;
            onEmpty.run();
        }
    }

    private void write() {
        if (closed.get()) {
            return;
        }
        try {
            while (open && !aborted && isWaiting() && out.isReady()) {
                writeOnce();
            }
            if (aborted || ending && !isWaiting() && out.isReady()) {
                close();
            }
        } catch (IOException | RuntimeException e) {
            // the client is gone, and the container told it in its own words
            close();
        }
    }

    private void writeOnce() throws IOException {
        byte[] event = queue.poll();
        if (event == null) {
            out.flush();
            unflushed = false;
            return;
        }
        unflushed = true;
        if (queue.isEmpty()) {
            out.write(event);
            unsent.decrementAndGet();
        } else {
            writeTogether(event);
        }
        progressAt = System.nanoTime();
    }

    private void writeTogether(byte[] first) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK_BYTES);
        int taken = 0;
        for (byte[] event = first; event != null; event = chunk.size() < CHUNK_BYTES ? queue.poll() : null) {
            chunk.writeBytes(event);
            taken++;
        }
        out.write(chunk.toByteArray());
        unsent.addAndGet(-taken);
    }

    private void close() {
        if (closed.compareAndSet(false, true)) {
            queue.clear();
            onClose.run();
        }
    }

    @Override
    public void onWritePossible() {
        open = true;
        drain();
    }

    @Override
    public void onError(Throwable thrown) {
        abort();
    }
}
