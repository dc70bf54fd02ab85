package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** For a server that collects checks by MicroProfile Health; elsewhere the class is not used. */
@Readiness
@ApplicationScoped
public class ReadinessCheck implements HealthCheck {
    @Inject
    private Health health;

    @Override
    public HealthCheckResponse call() {
        return Collected.of("wallwhale-ready", health.ready());
    }
}
