package org.wallwhale.server;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.wallwhale.audit.AuditChainService;
import org.wallwhale.audit.Refusals;

/**
 * Keeps the audit log chained and within its time. Apart from the other housekeeping, which may take minutes, while an entry has
 * its place in the chain within five seconds. Never throws, because a server may give up a timer that does.
 */
@Singleton
@Startup
@DependsOn("ServerStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class AuditHousekeeping {
    private static final Logger LOG = System.getLogger(AuditHousekeeping.class.getName());
    @Inject
    private AuditChainService chain;
    @Inject
    private Refusals refusals;
    private boolean failing;

    @Schedule(hour = "*", minute = "*", second = "*/3", persistent = false)
    void link() {
        refusals.write();
        try {
            while (chain.link()) {
                continue;
            }
            failing = false;
        } catch (RuntimeException e) {
            LOG.log(failing ? Level.DEBUG : Level.WARNING, "New entries of the audit log could not be linked; it is tried again.", e);
            failing = true;
        }
    }

    @Schedule(hour = "0", minute = "15", persistent = false)
    void dropOld() {
        try {
            while (chain.dropOld()) {
                continue;
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Old entries of the audit log could not be dropped; it is tried again tomorrow.", e);
        }
    }
}
