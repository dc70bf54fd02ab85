package org.wallwhale.database;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Whether the server's pool gives a connection that works: it may have none although the database answers {@link Pulse}, on a connection of
 * its own, because all are in use, or broken without the pool's knowledge.
 */
@ManagedExecutorDefinition(name = "java:app/concurrent/pool", maxAsync = 1)
@ApplicationScoped
public class PoolProbe {
    private static final Logger LOG = System.getLogger(PoolProbe.class.getName());
    private static final int WITHIN_SECONDS = 2;
    @Resource(lookup = "java:app/jdbc/wallwhale")
    private DataSource pool;
    @Resource(lookup = "java:app/concurrent/pool")
    private ManagedExecutorService threads;
    private Future<Boolean> asking;

    /** Within two seconds. However many ask, one connection is asked for at a time, and all get its answer. */
    public boolean givesConnection() {
        return givesConnection(pool, threads);
    }

    boolean givesConnection(DataSource of, ExecutorService by) {
        Future<Boolean> answer;
        synchronized (this) {
            if (asking == null || asking.isDone()) {
                asking = by.submit(() -> works(of));
            }
            answer = asking;
        }
        try {
            return answer.get(WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.DEBUG, "The pool gives no connection", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean works(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(WITHIN_SECONDS);
        }
    }
}
