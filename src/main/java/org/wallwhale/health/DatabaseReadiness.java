package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.wallwhale.database.Pulse;

/** Up while the database answers within two seconds, and takes writes. Waits for none that is away. */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements HealthCheck {
    @Inject
    private Pulse pulse;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("database").status(pulse.takesWrites()).build();
    }
}
