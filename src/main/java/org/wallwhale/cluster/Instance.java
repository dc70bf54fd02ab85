package org.wallwhale.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.FolderLocks;

/**
 * This server among those that share the database. The id stays the same over restarts, so that a restarted server knows its
 * own unfinished work; the boot id is new with each start.
 */
@ApplicationScoped
public class Instance {
    private final String bootId = UUID.randomUUID().toString();
    private String id;
    private String address;
    private DataFolder data;
    private Closeable name;

    Instance() {
    }

    @Inject
    Instance(InstanceConfig config, DataFolder data) {
        id = config.instanceId();
        address = config.address();
        this.data = data;
    }

    /**
     * Keeps every other server of this name off the data folder until {@link #leave} or the end of the process, however it ends.
     * Without that, two of one name would take each other's running downloads for their own of an earlier life.
     *
     * @throws IllegalStateException when there is another one, or a backup is being restored with this folder
     */
    public void join() {
        name = new FolderLocks(data).join(id);
    }

    public void leave() {
        try {
            if (name != null) {
                name.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The lock of the name " + id + " could not be released", e);
        }
    }

    public String id() {
        return id;
    }

    public String bootId() {
        return bootId;
    }

    String address() {
        return address;
    }

    /** Of the product, as it was built. */
    public static String version() {
        try (InputStream in = Instance.class.getResourceAsStream("version.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The version is not in the application", e);
        }
    }
}
