package org.wallwhale.rest;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Puts {@link PayaraAddressFilter} in place on Payara Micro; other servers do not even have the classes that it needs. */
@WebListener
public class PayaraListener implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent start) {
        if (isPayaraMicro()) {
            PayaraAddressFilter.install();
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent end) {
        if (isPayaraMicro()) {
            PayaraAddressFilter.remove();
        }
    }

    private static boolean isPayaraMicro() {
        try {
            Class.forName("fish.payara.micro.PayaraMicroRuntime");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
