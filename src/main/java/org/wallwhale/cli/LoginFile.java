package org.wallwhale.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.wallwhale.config.Settings;

/**
 * Where {@code login} keeps what it got, in the user's configuration folder ($XDG_CONFIG_HOME, %APPDATA%, else ~/.config), for this
 * user alone: it is refused when others may read it. On Windows the folder's own rights keep others out.
 */
final class LoginFile {
    private static final Set<PosixFilePermission> OF_OWNER = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);
    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private final Path file;

    private LoginFile(Path file) {
        this.file = file;
    }

    static LoginFile of(Settings settings) {
        boolean windows = File.separatorChar == '\\';
        Path folder = settings.path("xdg.config.home").or(() -> windows ? settings.path("appdata") : Optional.empty())
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".config"));
        return new LoginFile(folder.resolve("wallwhale").resolve("login.json"));
    }

    Path path() {
        return file;
    }

    /** Empty when nobody is logged in. */
    Optional<SavedLogin> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        demandPrivate(file);
        try {
            return Optional.of(JSON.readValue(file.toFile(), SavedLogin.class));
        } catch (IOException e) {
            // no cause: it would cite the file
            throw new CommandFailure(CommandFailure.SETTINGS, "The file " + file + " cannot be read as what `wallwhale login` writes: "
                    + "log in again.");
        }
    }

    /** Refuses a file with a secret that others than its owner may read or change. */
    static void demandPrivate(Path file) {
        try {
            if (isPosix(file) && !OF_OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new CommandFailure(CommandFailure.SETTINGS, "Others may read or change " + file + ", which holds a secret: run chmod "
                        + "600 " + Shell.word(file) + ", and replace the secret if somebody may have seen it.");
            }
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.SETTINGS, "The file " + file + " cannot be read (" + SystemReason.of(e) + ").");
        }
    }

    /** Replaces the file at once, and safe from a power cut: what was rotated is good no longer. */
    void write(SavedLogin login) {
        try {
            Path folder = folder();
            Path aside = Files.createTempFile(folder, ".login-", "", only(folder, "rw-------"));
            try {
                Files.write(aside, JSON.writeValueAsBytes(login), StandardOpenOption.WRITE, StandardOpenOption.SYNC);
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.FAILED, "The file " + file + " cannot be written (" + SystemReason.of(e) + "): make room or set "
                    + "XDG_CONFIG_HOME to a folder of yours, and log in again.");
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.FAILED, "The file " + file + " cannot be removed (" + SystemReason.of(e) + "): delete it by hand.");
        }
    }

    /** While no other command of this user, and no other thread, does the same. */
    <T> T locked(Supplier<T> deed) {
        synchronized (LoginFile.class) {
            return lockedFromOthers(deed);
        }
    }

    private <T> T lockedFromOthers(Supplier<T> deed) {
        try (FileChannel channel = FileChannel.open(folder().resolve("login.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return deed.get();
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.FAILED, "The folder " + file.getParent() + " cannot be written to (" + SystemReason.of(e) + ").");
        }
    }

    private Path folder() throws IOException {
        Path folder = file.getParent();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.getParent());
            Files.createDirectories(folder, only(folder.getParent(), "rwx------"));
        }
        return folder;
    }

    /** For what is made below {@code folder}; nothing where the system knows no modes. */
    static FileAttribute<?>[] only(Path folder, String mode) throws IOException {
        return isPosix(folder) ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}
