package org.wallwhale.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/** A file that keeps other commands off something until it is closed, when it goes. */
final class HeldLock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private HeldLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Empty while another command, or this one, holds it. A symbolic link in its place is an {@link IOException}. */
    static Optional<HeldLock> take(Path file) throws IOException {
        while (true) {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            try {
                // far behind its text: on Windows what is locked cannot be read
                if (channel.tryLock(Long.MAX_VALUE - 1, 1, false) == null) {
                    channel.close();
                    return Optional.empty();
                }
            } catch (OverlappingFileLockException e) {
                channel.close();
                return Optional.empty();
            }
            if (isThere(file, channel)) {
                return Optional.of(new HeldLock(file, channel));
            }
            channel.close();
        }
    }

    /** Whoever held it before may have taken the file away, and another one have made it anew: then this is a lock of nothing. */
    private static boolean isThere(Path file, FileChannel channel) throws IOException {
        String mark = UUID.randomUUID().toString();
        channel.truncate(0).write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.US_ASCII)));
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).equals(mark);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
