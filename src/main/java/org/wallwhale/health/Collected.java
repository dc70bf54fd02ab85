package org.wallwhale.health;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** A server that collects checks gets one for each of ours of a kind, with what each part says as its data. */
final class Collected {
    private Collected() {
    }

    static HealthCheckResponse of(String name, HealthView view) {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named(name).status(view.isUp());
        view.checks().forEach(check -> answer.withData(check.name(), check.status()));
        return answer.build();
    }
}
