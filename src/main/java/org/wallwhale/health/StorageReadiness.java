package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.wallwhale.cluster.Instance;
import org.wallwhale.config.DataFolder;

/** Up while the data folder takes a file and its bytes; shows the free bytes of its disk. */
@Readiness
@ApplicationScoped
public class StorageReadiness implements HealthCheck {
    /** An empty file still fits on a full disk. */
    private static final byte[] SOME_BLOCKS = new byte[16 * 1024];
    @Inject
    private DataFolder folder;
    @Inject
    private Instance instance;

    @Override
    public HealthCheckResponse call() {
        try {
            write(folder.folder("work").resolve(".probe-" + instance.id()));
            return HealthCheckResponse.named("storage").up().withData("freeBytes", Files.getFileStore(folder.root()).getUsableSpace())
                    .build();
        } catch (IOException | RuntimeException e) {
            return HealthCheckResponse.named("storage").down().build();
        }
    }

    /** Always to the same name, so that a server that is killed meanwhile leaves no more than one. */
    static void write(Path probe) throws IOException {
        try {
            Files.write(probe, SOME_BLOCKS, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
        } finally {
            Files.deleteIfExists(probe);
        }
    }
}
