package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** For a server that collects checks by MicroProfile Health; elsewhere the class is not used. */
@Startup
@ApplicationScoped
public class StartupCheck implements HealthCheck {
    @Inject
    private Health health;

    @Override
    public HealthCheckResponse call() {
        return Collected.of("wallwhale-started", health.start());
    }
}
