package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.wallwhale.config.DataFolder;

/**
 * The address rules of {@code addresses.conf} in the data folder, which all instances share. It is looked at once a second at
 * most, when somebody asks, and read when it changed. While it is faulty or gone, the last good rules stay in force: to lift
 * them all, empty it.
 */
@ApplicationScoped
public class AddressFile {
    private static final Logger LOG = System.getLogger(AddressFile.class.getName());
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private final AtomicLong nextLook = new AtomicLong();
    private Path file;
    private LongSupplier nanoTime;
    private Optional<Version> seen;
    private volatile AddressRules rules;

    AddressFile() {
    }

    @Inject
    AddressFile(DataFolder folder) {
        this(in(folder.root()), System::nanoTime);
    }

    /** IllegalStateException for a faulty file: {@link AccessConfig} has told of it before. */
    AddressFile(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        seen = version();
        AddressRules.Read read = seen.isPresent() ? AddressRules.read(file) : new AddressRules.Read(AddressRules.NONE, List.of());
        if (!read.faults().isEmpty()) {
            throw new IllegalStateException("The file " + file + " is faulty: " + String.join("; ", read.faults()));
        }
        rules = read.rules();
        nextLook.set(nanoTime.getAsLong() + LOOK_EVERY_NANOS);
    }

    static Path in(Path dataFolder) {
        return dataFolder.resolve("addresses.conf");
    }

    private record Version(FileTime modified, long size, Object file) {
    }

    /** Reads the file if it was not read yet, so that no request has to. */
    public void load() {
        rules();
    }

    AddressRules rules() {
        long now = nanoTime.getAsLong();
        long due = nextLook.get();
        if (now - due >= 0 && nextLook.compareAndSet(due, now + LOOK_EVERY_NANOS)) {
            look();
        }
        return rules;
    }

    private synchronized void look() {
        Optional<Version> found = version();
        if (found.equals(seen)) {
            return;
        }
        seen = found;
        if (found.isEmpty()) {
            LOG.log(Level.WARNING, "The file " + file + " is gone; its last rules stay in force. An empty one lifts them.");
            return;
        }
        AddressRules.Read read = AddressRules.read(file);
        if (read.faults().isEmpty()) {
            rules = read.rules();
            LOG.log(Level.INFO, "The rules of " + file + " are in force.");
        } else {
            LOG.log(Level.WARNING, "The last good rules stay in force, because " + file + " is faulty: " + String.join("; ", read.faults()));
        }
    }

    private Optional<Version> version() {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Version(found.lastModifiedTime(), found.size(), found.fileKey()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
