package org.wallwhale.share;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.wallwhale.store.RangeInput;

/** A part of a zip on its way to a visitor: counted, and no faster than its link allows. May be closed by another thread than the one that reads. */
final class Sending extends InputStream {
    private final RangeInput bytes;
    private final Pace pace;
    private final Consumer<Sending> onEnd;
    private final AtomicLong uncounted = new AtomicLong();
    private long left;
    private long turn;
    private boolean closed;

    /** {@code onEnd} is told once, after the last byte that goes out of {@code length}. */
    Sending(RangeInput bytes, long length, Pace pace, Consumer<Sending> onEnd) {
        this.bytes = bytes;
        this.left = length;
        this.pace = pace;
        this.onEnd = onEnd;
        turn = pace.firstTurn();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        int count = bytes.read(target, offset, length);
        went(count);
        return count;
    }

    /** No more than one turn's. */
    @Override
    public synchronized int readNBytes(byte[] target, int offset, int length) throws IOException {
        return super.readNBytes(target, offset, (int) Math.min(length, pace.most()));
    }

    synchronized long sendTo(WritableByteChannel target) throws IOException {
        long count = bytes.sendTo(target, pace.most());
        went(count);
        return count;
    }

    synchronized long pauseNanos() {
        return pace.pauseNanos(turn);
    }

    private void went(long count) {
        if (count > 0) {
            left -= count;
            uncounted.addAndGet(count);
            turn = pace.spend(count);
        }
    }

    /** How many bytes went out that nobody took the count of yet, if they are at least so many; otherwise 0. Whoever takes it counts them. */
    long takeCount(long least) {
        long count = uncounted.get();
        return count >= least && uncounted.compareAndSet(count, 0) ? count : 0;
    }

    /** Bytes that do not go out any more, once it was closed. */
    synchronized long left() {
        return left;
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            onEnd.accept(this);
        }
        bytes.close();
    }
}
