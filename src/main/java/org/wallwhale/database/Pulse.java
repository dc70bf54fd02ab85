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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.wallwhale.config.DataFolder;

/**
 * Whether the database is well, asked twice a second on a connection of its own. One that does not answer within two seconds, and not
 * on a new connection either, is away: whoever waits for it is released by an exception, and {@link DatabaseGate} lets nobody
 * wait again. An H2 that could not write, for instance to a full disk, has closed itself: then its connections are broken, so that the
 * pool makes new ones, which open it again. As a full disk may cost its file, nobody comes to it when little room is left.
 */
@ManagedScheduledExecutorDefinition(name = "java:app/concurrent/pulse", maxAsync = 1)
@ApplicationScoped
public class Pulse {
    private static final Logger LOG = System.getLogger(Pulse.class.getName());
    private static final int ANSWER_WITHIN_SECONDS = 2;
    private static final int PAUSE_MILLIS = 500;
    /** Of a table: an H2 that has closed itself still computes. */
    private static final String ASK_H2 = "select paused from claim_lock where id = 1";
    @Inject
    private DatabaseConfig config;
    @Inject
    private DataFolder folder;
    @Resource(lookup = "java:app/concurrent/pulse")
    private ManagedScheduledExecutorService thread;
    private volatile Future<?> beating;
    private Connection connection;
    private volatile State state = State.WELL;

    private enum State { WELL, READ_ONLY, NO_ROOM, AWAY }

    /** Once the database was reached. */
    public void start() {
        beating = thread.scheduleWithFixedDelay(this::beat, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The database counts as well from now on. No thread is interrupted: that would close H2's file below the others. */
    public synchronized void stop() {
        if (beating != null) {
            beating.cancel(false);
            beating = null;
            become(State.WELL);
            drop();
        }
    }

    /** What was seen within the last five seconds; never waits. */
    public boolean answers() {
        return state == State.WELL || state == State.READ_ONLY;
    }

    /** As {@link #answers()}; false for one that can only be read, too. */
    public boolean takesWrites() {
        return state == State.WELL;
    }

    private synchronized void beat() {
        if (beating == null) {
            return;
        }
        try {
            become(look());
        } catch (Throwable e) {
            // also an Error: a task that throws is never run again
            LOG.log(Level.ERROR, "The database could not be looked at; it is tried again.", e);
        }
    }

    private State look() {
        try {
            return connection == null ? ofNewConnection() : ask();
        } catch (SQLException dead) {
            drop();
            if (config.isH2()) {
                WallwhaleDataSource.breakAll();
            }
            return ofNewConnection();
        }
    }

    private State ofNewConnection() {
        try {
            connection = (config.isH2() ? WallwhaleDataSource.open(config)
                    : WallwhaleDataSource.openImpatient(config, ANSWER_WITHIN_SECONDS)).getConnection();
            return ask();
        } catch (SQLException e) {
            drop();
            LOG.log(Level.DEBUG, "The database does not answer", e);
            return State.AWAY;
        }
    }

    private void drop() {
        if (connection != null) {
            WallwhaleDataSource.breakOff(connection);
            connection = null;
        }
    }

    private State ask() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(config.isH2() ? ASK_H2 : "show transaction_read_only")) {
            row.next();
            return config.isH2() && folder.isNearlyFull() ? State.NO_ROOM
                    : row.getString(1).equals("on") ? State.READ_ONLY : State.WELL;
        }
    }

    private void become(State now) {
        State before = state;
        state = now;
        WallwhaleDataSource.refuse(now == State.AWAY);
        if (now != before) {
            LOG.log(now == State.WELL ? Level.INFO : Level.WARNING, switch (now) {
                case WELL -> "The database is well again.";
                case NO_ROOM -> "The disk of the data folder has less than 16 MiB left; what needs the database is refused until it has more.";
                case READ_ONLY -> "The database takes no writes; what changes anything is refused until it does.";
                case AWAY -> "The database does not answer; what needs it is refused until it does.";
            });
        }
    }
}
