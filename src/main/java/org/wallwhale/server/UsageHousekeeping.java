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
import org.wallwhale.access.FailedLoginTally;
import org.wallwhale.metrics.Loop;
import org.wallwhale.metrics.Loops;
import org.wallwhale.quota.UsageWriter;

/**
 * Writes down what was counted in memory, calls by API keys and failed logins. Apart from the other
 * housekeeping, which may take minutes. Never throws, because a server may give up a timer that does.
 */
@Singleton
@Startup
@DependsOn("ServerStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class UsageHousekeeping {
    @Inject
    private UsageWriter writer;
    @Inject
    private FailedLoginTally failedLogins;
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
}
