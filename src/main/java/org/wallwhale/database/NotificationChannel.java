package org.wallwhale.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * PostgreSQL's LISTEN and NOTIFY on a connection of its own, outside of the pool: whoever listens keeps it. For one thread alone.
 * Who listens hears all that is sent from now on, also by this channel, as long as the connection lives.
 */
public final class NotificationChannel implements AutoCloseable {
    /** What a payload may have: PostgreSQL refuses 8,000. */
    public static final int MOST_BYTES = 7_999;
    private static final String NAME = "wallwhale";
    private static final int ANSWER_WITHIN_SECONDS = 5;
    private final Connection connection;
    private final PGConnection postgres;

    private NotificationChannel(Connection connection) throws SQLException {
        this.connection = connection;
        this.postgres = connection.unwrap(PGConnection.class);
    }

    /** Listens on return; {@code config} must be of a PostgreSQL. */
    public static NotificationChannel open(DatabaseConfig config) throws SQLException {
        Connection connection = WallwhaleDataSource.open(config).getConnection();
        try (Statement listen = connection.createStatement()) {
            listen.execute("listen " + NAME);
            return new NotificationChannel(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Reaches whoever listens, on this database alone. */
    public void send(String payload) throws SQLException {
        try (PreparedStatement notify = connection.prepareStatement("select pg_notify(?, ?)")) {
            notify.setString(1, NAME);
            notify.setString(2, payload);
            notify.execute();
        }
    }

    /** Payloads in their order; returns as soon as there is one, or after {@code millis} without. */
    public List<String> receive(int millis) throws SQLException {
        PGNotification[] received = postgres.getNotifications(millis);
        return received == null ? List.of() : Arrays.stream(received).map(PGNotification::getParameter).toList();
    }

    /** Throws when nobody answers: a connection that is only quiet does not tell that it is dead. */
    public void check() throws SQLException {
        if (!connection.isValid(ANSWER_WITHIN_SECONDS)) {
            throw new SQLException("The database did not answer within " + ANSWER_WITHIN_SECONDS + " s");
        }
    }

    /** Whatever another thread does with it ends with an exception. */
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // broken already
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
