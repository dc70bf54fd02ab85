package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.wallwhale.config.DataFolder;

/** Up while the data folder takes a file; shows the free bytes of its disk. */
@Readiness
@ApplicationScoped
public class StorageReadiness implements HealthCheck {
    @Inject
    private DataFolder folder;

    @Override
    public HealthCheckResponse call() {
        try {
            Path probe = Files.createTempFile(folder.folder("work"), ".probe-", "");
            Files.delete(probe);
            return HealthCheckResponse.named("storage").up().withData("freeBytes", Files.getFileStore(folder.root()).getUsableSpace())
                    .build();
        } catch (IOException | RuntimeException e) {
            return HealthCheckResponse.named("storage").down().build();
        }
    }
}
