package org.wallwhale.rest;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.utils.DelayedExecutor;

/**
 * Takes closed connections out of the queue in which Payara Micro watches for connections that nobody uses. Payara 6.2025.10 puts each
 * one there with every answer, also with the last, and leaves it there for the 30 s of its keep-alive: clients that connect anew for each request
 * fill the memory with connections that are long closed. So do all that get 400, 500 or 503, by which Payara ends a connection.
 */
final class PayaraKeepAlive {
    private static final Logger LOG = System.getLogger(PayaraKeepAlive.class.getName());
    private static final String WATCHED = "HttpServerFilter.KeepAliveContext";
    private static volatile Field until;
    private static volatile boolean told;

    private PayaraKeepAlive() {
    }

    /** The queue drops it within a second. {@code closed} must be. */
    static void letGo(Connection<?> closed) {
        Object watched = closed.getAttributes().getAttribute(WATCHED);
        if (watched == null || told) {
            return;
        }
        try {
            if (until == null) {
                Field field = watched.getClass().getDeclaredField("keepAliveTimeoutMillis");
                field.setAccessible(true);
                until = field;
            }
            until.setLong(watched, DelayedExecutor.UNSET_TIMEOUT);
        } catch (ReflectiveOperationException | RuntimeException e) {
            told = true;
            LOG.log(Level.WARNING, "Closed connections stay in memory for as long as Payara keeps them", e);
        }
    }
}
