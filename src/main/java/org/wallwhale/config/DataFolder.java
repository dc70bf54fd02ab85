package org.wallwhale.config;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The one folder that holds everything the server keeps outside of the database ({@code wallwhale.data-dir}). All instances of
 * one database share it. Folders are made with mode 0700, secrets with 0600.
 */
@Dependent
public class DataFolder {
    private static final long NEEDED_BYTES = 16 << 20;
    private static final String KEY = "wallwhale.data-dir";
    private final Path root;

    @Inject
    public DataFolder(Settings settings) {
        root = settings.path(KEY).orElseGet(() -> {
            settings.fault(KEY, "must name a folder");
            return Path.of(System.getProperty("user.home"), ".wallwhale");
        });
    }

    /** Makes the folder and a file in it: on a read-only disk, or below /proc, only the attempt tells. */
    public void tryOut(Settings settings) {
        try {
            makeFolder(root);
            Files.delete(Files.createTempFile(root, ".tried-", ""));
            if (freeBytes().orElse(NEEDED_BYTES) < NEEDED_BYTES) {
                settings.fault(KEY, "must name a folder on a disk that has at least 16 MiB free, but " + root + " is on none");
            }
        } catch (IOException | UncheckedIOException e) {
            settings.fault(KEY, Files.exists(root) && !Files.isDirectory(root) ? "must name a folder, but " + root + " is a file"
                    : "must name a folder that this user may make and write to, but " + root + " is none");
        }
    }

    /** Whether {@link #tryOut} would go well, as far as can be told without making the folder. */
    public boolean wouldTakeFiles() {
        return Files.isDirectory(nearest()) && Files.isWritable(nearest()) && Files.isExecutable(nearest());
    }

    /** The folder, or the innermost of those around it that is there. */
    private Path nearest() {
        Path found = root;
        while (Files.notExists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }

    /** Of the disk, for this user; empty when the system does not tell. */
    public OptionalLong freeBytes() {
        try {
            return OptionalLong.of(Files.getFileStore(nearest()).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    public Path root() {
        return root;
    }

    /** A folder below the root, made if it is missing. */
    public Path folder(String... names) {
        Path folder = root;
        makeFolder(folder);
        for (String name : names) {
            folder = folder.resolve(name);
            makeFolder(folder);
        }
        return folder;
    }

    /** Where the folder's id lies, or would lie. */
    public Path idFile() {
        return root.resolve("folder-id");
    }

    /** What tells this folder from every other one; empty until {@link #makeId}. */
    public Optional<String> id() throws IOException {
        return Files.exists(idFile()) ? Optional.of(Files.readString(idFile()).strip()) : Optional.empty();
    }

    /** The folder's id; made at random on first use, by one process only. */
    public String makeId() {
        folder();
        byte[] id = new SecretFile(idFile()).once(() -> line(UUID.randomUUID().toString()));
        return new String(id, StandardCharsets.US_ASCII).strip();
    }

    /** Where the id of the one database that this folder belongs to lies, or would lie. */
    public Path databaseFile() {
        return root.resolve("database-id");
    }

    /** The id of the database that this folder belongs to; empty until {@link #giveTo} or {@link #moveTo}. */
    public Optional<String> database() throws IOException {
        return Files.exists(databaseFile()) ? Optional.of(Files.readString(databaseFile()).strip()) : Optional.empty();
    }

    /** Gives the folder to a database unless it belongs to one already. Returns the id of the one that it belongs to. */
    public String giveTo(String database) {
        byte[] owner = new SecretFile(databaseFile()).once(() -> line(database));
        return new String(owner, StandardCharsets.US_ASCII).strip();
    }

    /** Gives the folder to a database, and takes it from the one that it belonged to. */
    public void moveTo(String database) {
        folder();
        new SecretFile(databaseFile()).replace(line(database));
    }

    private static byte[] line(String id) {
        return (id + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The 32 bytes of a key; made at random on first use, by one process only. */
    public byte[] key(KeyFile key) {
        return secret(key.name(), () -> {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            return random;
        });
    }

    /** Where a secret lies, or would lie. */
    public Path secretFile(String name) {
        return root.resolve("secrets").resolve(name);
    }

    /**
     * The bytes of a secret file; made from {@code fresh} on first use, by one process only. One that others may read or change,
     * as after a restored backup, is closed to them before it is read.
     */
    public byte[] secret(String name, Supplier<byte[]> fresh) {
        return new SecretFile(folder("secrets").resolve(name)).closed().once(fresh);
    }

    /** Puts other bytes in the place of a secret file, at once for whoever reads it. Only one process may do so at a time. */
    public void replaceSecret(String name, byte[] content) {
        new SecretFile(folder("secrets").resolve(name)).replace(content);
    }

    /** Deletes a tree, no link followed; what is not there, or is deleted by another instance meanwhile, is no fault. */
    public static void deleteTree(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void makeFolder(Path folder) {
        if (Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " could not be made", e);
        }
    }
}
