package org.wallwhale.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.Map;
import org.wallwhale.certificate.ServerCertificate;
import org.wallwhale.database.WallwhaleDataSource;
import org.wallwhale.metrics.Registry;

/** What the rooms below the metrics cannot count themselves. */
@ApplicationScoped
class ServerMetrics {
    @Inject
    private Registry registry;
    @Inject
    private ServerCertificate certificate;

    void declare(@Observes Startup start) {
        registry.addJavaMachine();
        registry.gauge("wallwhale_database_connections", "Connections to the database that the server's pool has open",
                WallwhaleDataSource::openConnections);
        registry.gauges("wallwhale_certificate_expiry_timestamp_seconds",
                "When the certificate ends that this instance shows or renews, in Unix time; 0 when it cannot be read", "source",
                () -> certificate.standing().map(standing -> Map.of("server", standing.expires() == null ? 0.0
                        : standing.expires().getEpochSecond())).orElse(Map.of()));
    }
}
