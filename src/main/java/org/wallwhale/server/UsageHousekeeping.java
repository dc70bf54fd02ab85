package org.wallwhale.server;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.wallwhale.access.FailedLoginTally;
import org.wallwhale.metrics.Loop;
import org.wallwhale.metrics.Loops;
import org.wallwhale.quota.QuotaService;
import org.wallwhale.quota.UsageService;
import org.wallwhale.quota.UsageWriter;

/**
 * Writes down what was counted in memory, calls by API keys and failed logins, and forgets what is long ago. Apart from the other
 * housekeeping, which may take minutes. Never throws, because a server may give up a timer that does.
 */
@Singleton
@Startup
@DependsOn("ServerStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class UsageHousekeeping {
    private static final Logger LOG = System.getLogger(UsageHousekeeping.class.getName());
    @Inject
    private UsageWriter writer;
    @Inject
    private FailedLoginTally failedLogins;
    @Inject
    private UsageService usage;
    @Inject
    private QuotaService quota;
    @Inject
    private Loops loops;
    private Loop write;
    private Loop writeFailedLogins;

    @PostConstruct
    void prepare() {
        write = loops.every(Duration.ofSeconds(5), "write down the calls by API keys", writer::write);
        writeFailedLogins = loops.every(Duration.ofMinutes(1), "write down failed logins", failedLogins::write);
    }

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    void write() {
        write.run();
    }

    @Schedule(hour = "*", minute = "*", second = "30", persistent = false)
    void writeFailedLogins() {
        writeFailedLogins.run();
    }

    @Schedule(hour = "0", minute = "25", persistent = false)
    void dropOld() {
        try {
            while (usage.dropSome() || quota.dropSome()) {
                continue;
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Old counts of calls could not be dropped; it is tried again tomorrow.", e);
        }
    }
}
