package org.wallwhale.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A small file of the data folder that only its owner may read, such as a key: it is made once, by one process only, nobody ever reads
 * half of it, and no power cut takes away what was already used.
 */
public final class SecretFile {
    private static final Logger LOG = System.getLogger(SecretFile.class.getName());
    private static final String ASIDE = ".new-";
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> OF_OWNER = PosixFilePermissions.fromString("rw-------");
    private final Path file;

    /** In a folder that is there. */
    SecretFile(Path file) {
        this.file = file;
    }

    /** True when anybody but the owner may change the file, or more than the owner's group may read it. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix")
                && !Collections.disjoint(Files.getPosixFilePermissions(file), OF_OTHERS);
    }

    /** This one, closed to others if they may read or change it, as after a restored backup. */
    SecretFile closed() {
        try {
            if (Files.exists(file) && isOpenToOthers(file)) {
                Files.setPosixFilePermissions(file, OF_OWNER);
                LOG.log(Level.WARNING, "Other users of this machine could read or change " + file + ". Its mode is 600 now; replace it "
                        + "if one of them may have, as docs/operations.md says.");
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " may be read or changed by others, and its mode could not be set to 600", e);
        }
    }

    /** Its bytes; made from {@code fresh} where it is missing. */
    byte[] once(Supplier<byte[]> fresh) {
        try {
            deleteStale();
            if (!Files.exists(file)) {
                writeOnce(fresh.get());
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " could not be read or made", e);
        }
    }

    /** Puts other bytes in their place, at once for whoever reads them. Only one process may do so at a time. */
    void replace(byte[] content) {
        try {
            Path aside = aside(content);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            keep();
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " could not be replaced", e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Written aside and linked into place, so that no other process ever reads half of it. */
    private void writeOnce(byte[] content) throws IOException {
        Path aside = aside(content);
        try {
            Files.createLink(file, aside);
            keep();
        } catch (FileAlreadyExistsException e) {
            // another instance was faster; what it wrote is the one that counts
        } finally {
            Files.delete(aside);
            Arrays.fill(content, (byte) 0);
        }
    }

    private Path aside(byte[] content) throws IOException {
        Path aside = Files.createTempFile(file.getParent(), ASIDE, "", PosixFilePermissions.asFileAttribute(OF_OWNER));
        return Files.write(aside, content, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    }

    /** Without this a power cut may take the name away, and with it what was already used. */
    private void keep() throws IOException {
        try (FileChannel channel = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Second copies, left by a process that was killed before it could delete them. */
    private void deleteStale() throws IOException {
        long before = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(file.getParent(), ASIDE + "*")) {
            for (Path copy : left) {
                if (copy.toFile().lastModified() < before) {
                    Files.deleteIfExists(copy);
                }
            }
        }
    }
}
