package org.wallwhale.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;

/**
 * Reads files once for their size, CRC-32 and SHA-256. The SHA-256 takes twice as long as all else, so a thread of its own
 * computes that of a long file while the next block is read.
 */
final class FileDigest implements AutoCloseable {
    static final int BLOCK_BYTES = 256 * 1024;

    // A thread of its own, as in DurableFiles; there is none before the first long file.
    private final ExecutorService hasher = Executors.newSingleThreadExecutor();
    private ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    private ByteBuffer other = ByteBuffer.allocate(BLOCK_BYTES);

    /** Describes {@code file} as the one at {@code path}. An interrupt of the thread ends it with an exception. */
    ContentFile of(String path, Path file) throws IOException {
        CRC32 crc32 = new CRC32();
        MessageDigest sha256 = Sha256.digest();
        long sizeBytes = 0;
        Future<?> hashing = CompletableFuture.completedFuture(null);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            while (channel.read(block.clear()) >= 0) {
                sizeBytes += block.flip().remaining();
                crc32.update(block.duplicate());
                await(hashing);
                hashing = hash(block, sha256);
                swap();
            }
        }
        await(hashing);
        return new ContentFile(path, sizeBytes, crc32.getValue(), HexFormat.of().formatHex(sha256.digest()));
    }

    private Future<?> hash(ByteBuffer bytes, MessageDigest sha256) {
        if (bytes.remaining() == BLOCK_BYTES) {
            return hasher.submit(() -> sha256.update(bytes));
        }
        sha256.update(bytes);
        return CompletableFuture.completedFuture(null);
    }

    private void swap() {
        ByteBuffer last = block;
        block = other;
        other = last;
    }

    private static void await(Future<?> hashing) throws IOException {
        try {
            hashing.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while files were read.");
        }
    }

    @Override
    public void close() {
        hasher.shutdownNow();
    }
}
