package org.wallwhale.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import org.wallwhale.database.WallwhaleDataSource;
import org.wallwhale.metrics.Registry;

/** What the rooms below the metrics cannot count themselves. */
@ApplicationScoped
class ServerMetrics {
    @Inject
    private Registry registry;

    void declare(@Observes Startup start) {
        registry.addJavaMachine();
        registry.gauge("wallwhale_database_connections", "Connections to the database that the server's pool has open",
                WallwhaleDataSource::openConnections);
    }
}
