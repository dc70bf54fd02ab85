package org.wallwhale.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A file on its way: it lies beside its target, and its name has the ETag of what it is a part of, so that a later command can go on.
 * Until it is closed no other command fetches the same target.
 */
final class PartialFile implements AutoCloseable {
    private static final String TAG = "[A-Za-z0-9_-]{1,64}";
    private final Path target;
    private final HeldLock lock;
    private Path part;
    private String tag;

    private PartialFile(Path target, HeldLock lock) {
        this.target = target;
        this.lock = lock;
    }

    /** With what an earlier command has left, if it has. Refused while another command fetches it. */
    static PartialFile beside(Path target) throws IOException {
        HeldLock lock = HeldLock.take(target.toAbsolutePath().resolveSibling("." + target.getFileName() + ".lock"))
                .orElseThrow(() -> new CommandFailure(CommandFailure.FAILED, "Another command is fetching " + target + " just now: wait for it, or "
                        + "name another file with --output."));
        try {
            return found(new PartialFile(target.toAbsolutePath(), lock));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static PartialFile found(PartialFile file) throws IOException {
        String name = file.target.getFileName().toString();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(file.target.getParent(),
                one -> one.getFileName().toString().startsWith(name + ".") && one.getFileName().toString().endsWith(".part"))) {
            for (Path one : found) {
                String between = one.getFileName().toString().substring(name.length(), one.getFileName().toString().length() - 5);
                if (between.matches("\\." + TAG) && file.part == null && Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)) {
                    file.part = one;
                    file.tag = between.substring(1);
                }
            }
        }
        return file;
    }

    Path path() {
        return part;
    }

    /** 0 where nothing is there yet. */
    long size() throws IOException {
        return part != null && Files.exists(part) ? Files.size(part) : 0;
    }

    /** For {@code If-Range}; null where there is nothing to go on with. */
    String etag() {
        return tag == null ? null : '"' + tag + '"';
    }

    /** Forgets what there is and begins with another one. Without a usable ETag no later command can go on with it. */
    void begin(String etag) throws IOException {
        discard();
        tag = etag != null && etag.matches("\"" + TAG + "\"") ? etag.substring(1, etag.length() - 1) : null;
        part = target.resolveSibling(target.getFileName() + (tag == null ? "" : "." + tag) + ".part");
        Files.deleteIfExists(part);
    }

    /** To be written from {@code from} on; what lies behind it goes. */
    FileChannel open(long from) throws IOException {
        return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS).truncate(from).position(from);
    }

    byte[] sha256() throws IOException {
        try (InputStream bytes = Files.newInputStream(part)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** It is whole: it appears under its name, at once. */
    void finish() throws IOException {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    void discard() throws IOException {
        if (part != null) {
            Files.deleteIfExists(part);
        }
        tag = null;
    }
}
