package org.wallwhale.server;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.wallwhale.audit.Refusals;
import org.wallwhale.quota.UsageWriter;

/**
 * Writes down the last calls of API keys and the last refusals when the server takes no more. {@link ServerStart} would be too
 * late: Payara 6.2025.10 closes the data source of an application before it destroys the application's singletons.
 */
@WebListener
public class TallyListener implements ServletContextListener {
    @Inject
    private UsageWriter usage;
    @Inject
    private Refusals refusals;

    @Override
    public void contextDestroyed(ServletContextEvent end) {
        usage.write();
        refusals.writeAll();
    }
}
