package org.wallwhale.database;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.wallwhale.config.DataFolder;

/**
 * How the database is, asked twice a second on a connection of its own. One that does not answer within two seconds, and not
 * on a new connection either, is away: {@link DatabaseGate} lets nobody wait for it, and after the second such look in a row those who wait
 * are released by an exception. One look alone may be the fault of this machine, which stood still while the answer lay there already.
 * An H2 that could not write, for instance to a full disk, has closed itself: then its connections are broken, so that the
 * pool makes new ones, which open it again. As a full disk may cost its file, nobody comes to it when little room is left.
 */
@ManagedScheduledExecutorDefinition(name = "java:app/concurrent/pulse", maxAsync = 1)
@ApplicationScoped
public class Pulse {
    private static final Logger LOG = System.getLogger(Pulse.class.getName());
    private static final int ANSWER_WITHIN_SECONDS = 2;
    private static final int PAUSE_MILLIS = 500;
    private static final int FAILED_LOOKS = 2;
    /** Of a table: an H2 that has closed itself still computes. */
    private static final String ASK_H2 = "select paused from claim_lock where id = 1";
    private DatabaseConfig config;
    private DataFolder folder;
    @Resource(lookup = "java:app/concurrent/pulse")
    private ManagedScheduledExecutorService thread;
    private boolean beating;
    private Future<?> beats;
    private Connection connection;
    private int failedLooks;
    private volatile long failedAt = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
    private volatile DatabaseState state = DatabaseState.WELL;

    Pulse() {
    }

    @Inject
    Pulse(DatabaseConfig config, DataFolder folder) {
        this.config = config;
        this.folder = folder;
    }

    /** Once the database was reached. */
    public synchronized void start() {
        beating = true;
        beats = thread.scheduleWithFixedDelay(this::beat, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The database counts as well from now on. No thread is interrupted: that would close H2's file below the others. */
    public synchronized void stop() {
        if (beating) {
            beating = false;
            beats.cancel(false);
            state = DatabaseState.WELL;
            WallwhaleDataSource.refuse(false);
            drop();
        }
    }

    /** Whether a transaction may begin, by what was seen within the last five seconds; never waits. */
    boolean admits(boolean needsNoRoom) {
        return state.admits(needsNoRoom);
    }

    /** As the last look showed it; one that takes no new connections may still be of use to those who have one. Never waits. */
    public boolean takesWrites() {
        return state == DatabaseState.WELL || state == DatabaseState.CROWDED || state == DatabaseState.SHUT_OUT;
    }

    /** What is wrong, as the last look showed it, in a sentence for operators; empty when nothing is. Never waits. */
    public Optional<String> trouble() {
        DatabaseState seen = state;
        return seen == DatabaseState.WELL ? Optional.empty() : Optional.of(seen.sentence);
    }

    /** Whether the database failed to answer the pulse now or at any time since {@code nanoTime}. Waits for a look, for some seconds at most. */
    boolean failedSince(long nanoTime) {
        if (failedAt - nanoTime < 0) {
            lookUnlessFailedSince(nanoTime);
        }
        return failedAt - nanoTime >= 0;
    }

    /** Many ask at once when a database falls silent: the first one's look answers all. */
    private synchronized void lookUnlessFailedSince(long nanoTime) {
        if (failedAt - nanoTime < 0) {
            look();
        }
    }

    private synchronized void beat() {
        if (beating) {
            look();
        }
    }

    /** For the thread that calls it, one at a time. */
    synchronized DatabaseState look() {
        try {
            become(seen());
        } catch (Throwable e) {
            // also an Error: a task that throws is never run again
            LOG.log(Level.ERROR, "The database could not be looked at; it is tried again.", e);
        }
        return state;
    }

    private DatabaseState seen() {
        try {
            return connection == null ? ofNewConnection() : ask();
        } catch (SQLException dead) {
            failedAt = System.nanoTime();
            drop();
            if (config.isH2()) {
                // it runs in this process, so that no line can be at fault
                WallwhaleDataSource.breakAll();
            }
            return ofNewConnection();
        }
    }

    private DatabaseState ofNewConnection() {
        try {
            connection = (config.isH2() ? WallwhaleDataSource.open(config)
                    : WallwhaleDataSource.openImpatient(config, ANSWER_WITHIN_SECONDS)).getConnection();
            return ask();
        } catch (SQLException e) {
            failedAt = System.nanoTime();
            drop();
            LOG.log(Level.DEBUG, "The database does not answer", e);
            return config.isH2() ? DatabaseState.AWAY : DatabaseState.ofRefusal(e);
        }
    }

    private void drop() {
        if (connection != null) {
            WallwhaleDataSource.breakOff(connection);
            connection = null;
        }
    }

    private DatabaseState ask() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(config.isH2() ? ASK_H2 : "show transaction_read_only")) {
            row.next();
            if (config.isH2()) {
                return DatabaseState.ofRoom(state, folder.freeBytes());
            }
            return row.getString(1).equals("on") ? DatabaseState.READ_ONLY : DatabaseState.WELL;
        }
    }

    private void become(DatabaseState now) {
        DatabaseState before = state;
        state = now;
        failedLooks = now == DatabaseState.AWAY ? failedLooks + 1 : 0;
        WallwhaleDataSource.refuse(now == DatabaseState.AWAY);
        if (failedLooks >= FAILED_LOOKS) {
            WallwhaleDataSource.breakAll();
        }
        if (now != before) {
            LOG.log(now.level, now.sentence);
        }
    }
}
