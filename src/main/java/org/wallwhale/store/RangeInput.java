package org.wallwhale.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Function;

/**
 * One range of a longer sequence, whose parts follow each other. A part is opened when its turn comes and only if some of its
 * bytes lie in the range. May be closed by another thread than the one that reads.
 */
public final class RangeInput extends InputStream {
    private static final Part NONE = Part.of(new byte[0]);
    /** What is left of a file below this is read, together with what follows it. */
    private static final int SHORTEST_SENT = 64 * 1024;
    /** So that whoever sends hears of progress now and then. */
    private static final int LONGEST_SENT = 1024 * 1024;

    private final Iterator<Part> parts;
    private long skip;
    private long left;
    private Part part = NONE;
    private long leftOfPart;
    private ReadableByteChannel open = Channels.newChannel(InputStream.nullInputStream());
    private boolean closed;

    /** Consecutive bytes; {@code path} is that of the file they are read from. */
    record Part(String path, long length, Opening opening) {
        static Part of(byte[] bytes) {
            return new Part("", bytes.length, offset -> Channels.newChannel(
                    new ByteArrayInputStream(bytes, (int) offset, bytes.length)));
        }

        /** {@code where} says where a file of this path lies. */
        static Part of(ContentFile file, Function<String, Path> where) {
            return new Part(file.path(), file.sizeBytes(), offset -> open(file, where, offset));
        }

        private static FileChannel open(ContentFile file, Function<String, Path> where, long offset) throws IOException {
            FileChannel channel = channel(file, where);
            long size = channel.size();
            if (size != file.sizeBytes()) {
                channel.close();
                throw new ContentChangedException(file.path(),
                    "has " + size + " bytes; it had " + file.sizeBytes() + " when it was stored");
            }
            return channel.position(offset);
        }

        private static FileChannel channel(ContentFile file, Function<String, Path> where) throws IOException {
            try {
                return FileChannel.open(where.apply(file.path()), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException gone) {
                throw new ContentChangedException(file.path(), "is gone", gone);
            }
        }
    }

    /** Reads a part from one of its bytes on. */
    interface Opening {
        ReadableByteChannel at(long offset) throws IOException;
    }

    /** {@code length} bytes of {@code parts}, after {@code skip} others. */
    RangeInput(long skip, long length, Iterator<Part> parts) {
        this.skip = skip;
        this.left = length;
        this.parts = parts;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        checkOpen();
        if (length == 0 || left == 0) {
            return length == 0 ? 0 : -1;
        }
        openNext();
        int count = open.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, Math.min(left, leftOfPart))));
        if (count < 0) {
            throw new ContentChangedException(part.path(), "became shorter while it was read");
        }
        advance(count);
        return count;
    }

    /**
     * Sends the next bytes to {@code target}, without reading them, if others of their file were read before and many are left.
     * Returns how many it took; 0 where it takes nothing now and where the next bytes are to be read instead.
     */
    long sendTo(WritableByteChannel target) throws IOException {
        return sendTo(target, LONGEST_SENT);
    }

    /** The same of no more than {@code mostBytes}. */
    public synchronized long sendTo(WritableByteChannel target, long mostBytes) throws IOException {
        checkOpen();
        long most = Math.min(mostBytes, Math.min(left, leftOfPart));
        if (most < SHORTEST_SENT || !(open instanceof FileChannel file)) {
            return 0;
        }
        long count = file.transferTo(file.position(), most, target);
        file.position(file.position() + count);
        advance(count);
        return count;
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("This range is closed.");
        }
    }

    private void openNext() throws IOException {
        while (leftOfPart == 0) {
            open.close();
            part = parts.next();
            leftOfPart = Math.max(0, part.length() - skip);
            if (leftOfPart > 0) {
                open = part.opening().at(skip);
            }
            skip = Math.max(0, skip - part.length());
        }
    }

    private void advance(long count) {
        left -= count;
        leftOfPart -= count;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        open.close();
    }
}
