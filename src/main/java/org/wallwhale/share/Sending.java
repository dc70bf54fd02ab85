package org.wallwhale.share;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongConsumer;
import org.wallwhale.store.RangeInput;

/** A part of a zip on its way to a visitor: counted, and no faster than its link allows. May be closed by another thread than the one that reads. */
final class Sending extends InputStream {
    private final RangeInput bytes;
    private final Pace pace;
    private final LongConsumer onEnd;
    private long sent;
    private boolean ended;

    /** {@code onEnd} is told once how many bytes went out. */
    Sending(RangeInput bytes, Pace pace, LongConsumer onEnd) {
        this.bytes = bytes;
        this.pace = pace;
        this.onEnd = onEnd;
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

    synchronized long sendTo(WritableByteChannel target) throws IOException {
        long count = bytes.sendTo(target, pace.most());
        went(count);
        return count;
    }

    long pauseNanos() {
        return pace.pauseNanos();
    }

    private void went(long count) {
        if (count > 0) {
            sent += count;
            pace.spend(count);
        }
    }

    /** What went out so far is all that counts. */
    synchronized void end() {
        if (!ended) {
            ended = true;
            onEnd.accept(sent);
        }
    }

    @Override
    public void close() throws IOException {
        end();
        bytes.close();
    }
}
