package org.wallwhale.rest;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Puts {@link PayaraAddressFilter} in place on Payara, and again whenever the server opens a port anew, as it does once the
 * application is there and whenever somebody configures it; other servers do not even have the classes that it needs.
 */
@ManagedScheduledExecutorDefinition(name = "java:app/concurrent/ports", maxAsync = 1)
@WebListener
public class PayaraListener implements ServletContextListener {
    /** Nobody tells of an open port, and the first requests may come at once. */
    private static final int LOOK_MILLIS = 10;
    @Resource(lookup = "java:app/concurrent/ports")
    private ManagedScheduledExecutorService thread;
    private Future<?> looking;

    @Override
    public void contextInitialized(ServletContextEvent start) {
        if (isPayara()) {
            looking = thread.scheduleWithFixedDelay(PayaraAddressFilter::install, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent end) {
        if (looking != null) {
            looking.cancel(false);
            PayaraAddressFilter.remove();
        }
    }

    private static boolean isPayara() {
        try {
            // Payara Server carries it, too
            Class.forName("fish.payara.micro.PayaraMicroRuntime");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
