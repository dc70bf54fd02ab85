package org.wallwhale.rest;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Puts {@link PayaraAddressFilter} in place where there is a Payara; other servers do not even have the classes it needs. */
@WebListener
public class PayaraListener implements ServletContextListener {
    private static final Logger LOG = System.getLogger(PayaraListener.class.getName());

    @Override
    public void contextInitialized(ServletContextEvent start) {
        try {
            PayaraAddressFilter.install();
        } catch (LinkageError e) {
            LOG.log(Level.DEBUG, "This is no Payara", e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent end) {
        try {
            PayaraAddressFilter.remove();
        } catch (LinkageError e) {
            LOG.log(Level.DEBUG, "This is no Payara", e);
        }
    }
}
