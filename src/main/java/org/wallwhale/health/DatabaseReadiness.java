package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.wallwhale.database.PoolProbe;
import org.wallwhale.database.Pulse;

/** Up while the database takes writes and the server's own pool has a connection to it; found out within two seconds. */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements HealthCheck {
    @Inject
    private Pulse pulse;
    @Inject
    private PoolProbe pool;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("database").status(pulse.takesWrites() && pool.givesConnection()).build();
    }
}
