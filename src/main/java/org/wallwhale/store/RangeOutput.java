package org.wallwhale.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets through only the bytes of one range of a longer sequence, whose parts are put with their position in it, in order. */
final class RangeOutput {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final long from;
    private final long toExclusive;
    private final OutputStream out;
    private final ByteBuffer buffer;

    RangeOutput(long from, long toExclusive, OutputStream out) {
        this.from = from;
        this.toExclusive = toExclusive;
        this.out = out;
        buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, toExclusive - from));
    }

    void put(long position, byte[] bytes) throws IOException {
        int start = (int) Math.min(bytes.length, Math.max(0, from - position));
        int end = (int) Math.max(start, Math.min(bytes.length, toExclusive - position));
        while (start < end) {
            makeRoom();
            int count = Math.min(end - start, buffer.remaining());
            buffer.put(bytes, start, count);
            start += count;
        }
    }

    /** Opens the file only if some of its bytes lie in the range. */
    void putFile(long position, Path root, ContentFile file) throws IOException {
        long start = Math.max(0, from - position);
        long end = Math.min(file.sizeBytes(), toExclusive - position);
        if (start >= end) {
            return;
        }
        try (FileChannel channel = open(root, file)) {
            if (channel.size() != file.sizeBytes()) {
                throw new ContentChangedException(file.path(),
                    "has " + channel.size() + " bytes; it had " + file.sizeBytes() + " when it was stored");
            }
            copy(channel, start, end, file);
        }
    }

    private void copy(FileChannel channel, long start, long end, ContentFile file) throws IOException {
        for (long at = start; at < end;) {
            makeRoom();
            buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + (end - at)));
            int count = channel.read(buffer, at);
            buffer.limit(buffer.capacity());
            if (count < 0) {
                throw new ContentChangedException(file.path(), "became shorter while it was read");
            }
            at += count;
        }
    }

    private static FileChannel open(Path root, ContentFile file) throws IOException {
        try {
            return FileChannel.open(root.resolve(file.path()), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
            throw new ContentChangedException(file.path(), "is gone", gone);
        }
    }

    private void makeRoom() throws IOException {
        if (!buffer.hasRemaining()) {
            drain();
        }
    }

    /** Hands everything that was put to the stream. */
    void drain() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
