package org.wallwhale.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;

/**
 * Opens connections to the configured database; the server pools them and enlists them in transactions. Public and with a
 * setter because the server makes it by reflection (WildFly demands at least one property).
 */
public class WallwhaleDataSource implements DataSource {
    /** As the server's pool has them; those that it dropped vanish by themselves. */
    private static final Set<Connection> POOLED = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    /** SQL state. */
    private static final String CANNOT_CONNECT = "08001";
    private static volatile boolean refusing;
    private String name;
    private DataSource target;

    public void setName(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    /** A data source for {@code config}, outside of any server. */
    public static DataSource open(DatabaseConfig config) {
        String user = config.user().orElse(config.isH2() ? "wallwhale" : null);
        String password = config.password().map(Secret::reveal).orElse(config.isH2() ? "" : null);
        if (config.isH2()) {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL(config.url());
            h2.setUser(user);
            h2.setPassword(password);
            return h2;
        }
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setUrl(config.url());
        // EclipseLink binds every null as text; sent without a type, PostgreSQL takes it for a uuid column too
        postgres.setStringType("unspecified");
        postgres.setUser(user);
        postgres.setPassword(password);
        bound(postgres, config.url());
        return postgres;
    }

    /** For what may take long, such as an index over millions of rows: no answer of a PostgreSQL is given up. */
    static DataSource openPatient(DatabaseConfig config) {
        PGSimpleDataSource postgres = (PGSimpleDataSource) open(config);
        postgres.setSocketTimeout(0);
        return postgres;
    }

    /** For asking whether there is an answer at all. */
    static DataSource openImpatient(DatabaseConfig config, int seconds) {
        PGSimpleDataSource postgres = (PGSimpleDataSource) open(config);
        postgres.setConnectTimeout(seconds);
        postgres.setLoginTimeout(seconds);
        postgres.setSocketTimeout(seconds);
        return postgres;
    }

    /** While {@code away}, the server's pool gets no connection. */
    static void refuse(boolean away) {
        refusing = away;
    }

    /** That the server's pool has open, in use or not; never waits for the database. */
    public static int openConnections() {
        int open = 0;
        for (Connection connection : POOLED.toArray(Connection[]::new)) {
            open += isOpen(connection) ? 1 : 0;
        }
        return open;
    }

    private static boolean isOpen(Connection connection) {
        try {
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    /** Whoever uses one gets an exception; the pool makes new ones. */
    static void breakAll() {
        for (Connection connection : POOLED.toArray(Connection[]::new)) {
            breakOff(connection);
            POOLED.remove(connection);
        }
    }

    /** {@link #breakAll} reaches it from now on. */
    static Connection pooled(Connection connection) {
        POOLED.add(connection);
        return connection;
    }

    /** Whoever uses it at the moment gets an exception. */
    static void breakOff(Connection connection) {
        try {
            if (connection instanceof PGConnection) {
                connection.abort(Runnable::run);
            } else {
                // H2 knows no other way
                connection.close();
            }
        } catch (SQLException e) {
            System.getLogger(WallwhaleDataSource.class.getName()).log(System.Logger.Level.DEBUG, "It was broken already", e);
        }
    }

    /** A server that no longer answers, or is no longer there, must not hold a thread for ever. In seconds; the address wins. */
    private static void bound(PGSimpleDataSource postgres, String url) {
        if (!url.contains("connectTimeout=")) {
            postgres.setConnectTimeout(3);
        }
        if (!url.contains("loginTimeout=")) {
            postgres.setLoginTimeout(3);
        }
        if (!url.contains("socketTimeout=")) {
            postgres.setSocketTimeout(10);
        }
        if (!url.contains("tcpKeepAlive=")) {
            postgres.setTcpKeepAlive(true);
        }
        if (!url.contains("options=")) {
            // an instance that stands still, or whose machine is gone, would keep its locks from the others for hours
            postgres.setOptions("-c idle_in_transaction_session_timeout=10s");
        }
    }

    /** True when an H2 database was not found, which {@code IFEXISTS=TRUE} asks for. */
    public static boolean isAbsentH2(SQLException e) {
        return e.getErrorCode() == ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1;
    }

    /** True when another process has the H2 file open. */
    public static boolean isInUse(SQLException e) {
        return e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1;
    }

    /** What a person should read about a database that cannot be opened. */
    public static String inPlainWords(SQLException e) {
        return isInUse(e)
                ? "Another server already uses this H2 database. Stop that one, or let several instances share a PostgreSQL."
                : e.getMessage();
    }

    private synchronized DataSource target() {
        if (target == null) {
            ClassLoader ours = WallwhaleDataSource.class.getClassLoader();
            target = open(new DatabaseConfig(new Settings(
                    key -> ConfigProviderResolver.instance().getConfig(ours).getOptionalValue(key, String.class))));
        }
        return target;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            if (refusing) {
                throw new SQLException("The database does not answer", CANNOT_CONNECT);
            }
            Connection connection = target().getConnection();
            return pooled(connection instanceof PGConnection ? connection : H2Connection.guarded(connection));
        } catch (SQLException e) {
            throw new SQLException(inPlainWords(e), e.getSQLState(), e.getErrorCode(), e);
        }
    }

    /**
     * Who connects is configured, and WildFly hands over empty names. It alone calls this, and keeps connections that are broken for ever,
     * so its own heal.
     */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return HealingConnection.open(this::getConnection);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return target().getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        target().setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        target().setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return target().getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return target().getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return target().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return target().isWrapperFor(type);
    }
}
