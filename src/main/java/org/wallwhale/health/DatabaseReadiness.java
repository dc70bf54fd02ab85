package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.wallwhale.database.Database;
import org.wallwhale.database.Pulse;

/** Up while the database answers within two seconds, and takes writes. Waits for none that is away. */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements HealthCheck {
    private static final int WITHIN_SECONDS = 2;
    @Inject
    private Database database;
    @Inject
    private Pulse pulse;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("database").status(pulse.isTaken() ? pulse.takesWrites() : database.answers(WITHIN_SECONDS)).build();
    }
}
