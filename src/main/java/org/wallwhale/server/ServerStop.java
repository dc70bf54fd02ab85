package org.wallwhale.server;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.wallwhale.live.LiveHub;
import org.wallwhale.quota.UsageWriter;
import org.wallwhale.worker.Worker;

/**
 * Ends what still has to write: running downloads go back to the queue, and the last calls of API keys are counted. A singleton's
 * end would be too late: Payara 6.2025.10 closes an application's data source before it destroys the application's singletons.
 */
@WebListener
public class ServerStop implements ServletContextListener {
    @Inject
    private LiveHub live;
    @Inject
    private Worker worker;
    @Inject
    private UsageWriter usage;

    @Override
    public void contextDestroyed(ServletContextEvent end) {
        live.stop();
        worker.stop();
        usage.write();
    }
}
