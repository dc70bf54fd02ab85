package org.wallwhale.server;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.wallwhale.audit.AuditChainService;
import org.wallwhale.audit.Refusals;
import org.wallwhale.metrics.Loop;
import org.wallwhale.metrics.Loops;

/**
 * Keeps the audit log chained. Apart from the other housekeeping, which may take minutes, while an entry has
 * its place in the chain within five seconds. Never throws, because a server may give up a timer that does.
 */
@Singleton
@Startup
@DependsOn("ServerStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class AuditHousekeeping {
    private static final int STEPS_A_TURN = 100;
    @Inject
    private AuditChainService chain;
    @Inject
    private Refusals refusals;
    @Inject
    private Loops loops;
    private Loop link;

    @PostConstruct
    void prepare() {
        link = loops.every(Duration.ofSeconds(3), "link new entries of the audit log", () -> {
            refusals.write();
            for (int step = 0; step < STEPS_A_TURN && chain.link(); step++) {
                continue;
            }
        });
    }

    @Schedule(hour = "*", minute = "*", second = "*/3", persistent = false)
    void link() {
        link.run();
    }
}
