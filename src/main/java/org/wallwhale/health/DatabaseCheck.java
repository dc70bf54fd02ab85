package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.wallwhale.database.PoolProbe;
import org.wallwhale.database.Pulse;

/** Up while the database takes writes and the server's own pool has a connection to it; found out within two seconds. */
@ApplicationScoped
class DatabaseCheck {
    static final String NAME = "database";
    private static final String CURE = "Look at the database's own log, its disk, and the way there. Running downloads go on meanwhile, and all else by "
            + "itself as soon as it is well.";
    @Inject
    private Pulse pulse;
    @Inject
    private PoolProbe pool;

    Check look() {
        boolean works = pulse.takesWrites() && pool.givesConnection();
        Severity severity = works ? Severity.DEGRADED : Severity.DOWN;
        return Check.of(NAME, Map.of(), pulse.trouble().map(cause -> List.of(new Trouble(NAME, severity, cause, CURE))).orElseGet(() ->
                works ? List.of() : List.of(new Trouble(NAME, severity, "The server's pool gives no connection to the database, which answers.",
                        "Look whether the pool is too small for what runs, or restart this instance if it stays so."))));
    }
}
