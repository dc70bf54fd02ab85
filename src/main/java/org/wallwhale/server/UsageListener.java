package org.wallwhale.server;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.wallwhale.access.FailedLoginTally;
import org.wallwhale.quota.UsageWriter;

/**
 * Writes down the last calls of API keys and the last failed logins when the server takes no more. {@link ServerStart} would be
 * too late: Payara 6.2025.10 closes the data source of an application before it destroys the application's singletons.
 */
@WebListener
public class UsageListener implements ServletContextListener {
    @Inject
    private UsageWriter usage;
    @Inject
    private FailedLoginTally failedLogins;

    @Override
    public void contextDestroyed(ServletContextEvent end) {
        usage.write();
        failedLogins.write();
    }
}
