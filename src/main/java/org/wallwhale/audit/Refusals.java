package org.wallwhale.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;

/** Puts refusals on record, for filters. */
@ApplicationScoped
public class Refusals {
    private static final Logger LOG = System.getLogger(Refusals.class.getName());
    private AuditService audit;

    Refusals() {
    }

    @Inject
    Refusals(AuditService audit) {
        this.audit = audit;
    }

    /** Never throws: a refusal stays one even if it cannot be recorded. */
    public void record(Actor actor, String method, String path, String why) {
        try {
            audit.refused(actor, method.toLowerCase(Locale.ROOT), path, why);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A refusal could not be put on record: " + why, e);
        }
    }
}
