package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.wallwhale.database.Pulse;

/** Up while the database answers within two seconds, and takes writes. Waits for none that is away. */
@ApplicationScoped
class DatabaseCheck {
    static final String NAME = "database";
    @Inject
    private Pulse pulse;

    Check look() {
        return Check.of(NAME, Map.of(), pulse.takesWrites() ? List.of() : List.of(pulse.answers()
                ? new Trouble(NAME, Severity.DOWN, "The database can be read, but takes no writes.",
                        "Look whether it is a standby or was made read-only, and point wallwhale.db.url at one that takes writes.")
                : new Trouble(NAME, Severity.DOWN, "The database does not answer.",
                        "Look whether it runs, whether this machine reaches it, and whether its disk is full. Running downloads go on "
                                + "meanwhile, and everything else by itself as soon as it answers.")));
    }
}
