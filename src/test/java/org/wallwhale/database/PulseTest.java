package org.wallwhale.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.interceptor.InvocationContext;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transactional;
import jakarta.transaction.TransactionalException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/** On a real PostgreSQL, at the other end of a line that can be cut. */
class PulseTest {
    @TempDir
    private Path data;
    private String database;
    private DatabaseLine line;
    private Pulse pulse;
    private Connection pooled;

    @BeforeEach
    void start() throws Exception {
        database = TestPostgres.newDatabase();
        URI address = URI.create(database.substring("jdbc:".length()));
        line = new DatabaseLine(address.getPort());
        pulse = as(TestPostgres.USER);
        pooled = WallwhaleDataSource.pooled(WallwhaleDataSource.open(config(database, TestPostgres.USER)).getConnection());
    }

    @AfterEach
    void close() throws Exception {
        WallwhaleDataSource.refuse(false);
        pooled.close();
        line.close();
    }

    @Test
    void thePoolIsBrokenAfterTheSecondFailedLookAlone() throws Exception {
        assertThat(pulse.look()).isEqualTo(DatabaseState.WELL);
        line.cut();
        assertThat(pulse.look()).isEqualTo(DatabaseState.AWAY);
        assertThat(pooled.isValid(5)).as("after one").isTrue();
        mend();
        assertThat(pulse.look()).isEqualTo(DatabaseState.WELL);
        line.cut();
        pulse.look();
        assertThat(pooled.isValid(5)).as("after one more, with a good one between").isTrue();
        assertThat(pulse.look()).isEqualTo(DatabaseState.AWAY);
        assertThat(pooled.isClosed()).isTrue();
    }

    @Test
    void aDatabaseThatTakesNoMoreConnectionsOrDoesNotLetInIsNotAway() throws Exception {
        try (Connection root = WallwhaleDataSource.open(config(database, TestPostgres.USER)).getConnection(); Statement sql = root.createStatement()) {
            String guest = "g" + System.nanoTime();
            sql.execute("create role " + guest + " login connection limit 0");
            Pulse crowded = as(guest);
            Pulse shutOut = as(guest + "_unknown");
            for (int time = 0; time < 3; time++) {
                assertThat(crowded.look()).isEqualTo(DatabaseState.CROWDED);
                assertThat(shutOut.look()).isEqualTo(DatabaseState.SHUT_OUT);
            }
            assertThat(pooled.isValid(5)).as("what has a connection goes on").isTrue();
            assertThat(crowded.takesWrites()).isTrue();
            sql.execute("alter role " + guest + " connection limit -1");
            assertThat(crowded.look()).isEqualTo(DatabaseState.WELL);
        }
    }

    @Test
    void aConnectionThatHealsIsAnotherOneAfterItsTransactionAlone() throws Exception {
        DataSource source = WallwhaleDataSource.open(config(database, TestPostgres.USER));
        Connection healing = HealingConnection.open(() -> WallwhaleDataSource.pooled(source.getConnection()));
        assertThat(asks(healing)).isEqualTo(1);
        WallwhaleDataSource.breakAll();
        assertThat(asks(healing)).as("in a transaction of its own").isEqualTo(1);
        healing.setAutoCommit(false);
        WallwhaleDataSource.breakAll();
        assertThat(asks(healing)).as("before the first statement").isEqualTo(1);
        WallwhaleDataSource.breakAll();
        assertThatThrownBy(() -> asks(healing)).as("in the middle").isInstanceOf(SQLException.class);
        assertThatThrownBy(healing::commit).isInstanceOf(SQLException.class);
        assertThat(asks(healing)).as("the next one").isEqualTo(1);
        assertThat(healing.getAutoCommit()).isFalse();
        healing.close();
        assertThat(healing.isClosed()).isTrue();
    }

    private static int asks(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("select 1")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void nobodyBeginsWhileItIsAway() throws Exception {
        line.cut();
        lookUntil(DatabaseState.AWAY);
        assertThatThrownBy(() -> new DatabaseGate(pulse).pass(call(null))).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE));
        mend();
        pulse.look();
        assertThat(new DatabaseGate(pulse).pass(call(null))).isEqualTo("done");
    }

    static List<Exception> commits() {
        return List.of(new RollbackException("rolled back"), new SystemException("it broke"), new HeuristicMixedException("some of it"),
                new HeuristicRollbackException("none of it"));
    }

    @ParameterizedTest
    @MethodSource("commits")
    void aCommitThatFailsWithoutAReasonIsUnavailableOnlyIfTheDatabaseFailedToo(Exception commit) throws Exception {
        TransactionalException bare = new TransactionalException("commit", commit);
        pulse.look();
        DatabaseGate gate = new DatabaseGate(pulse);
        assertThatThrownBy(() -> gate.pass(call(bare))).as("our own fault").isSameAs(bare);
        assertThatThrownBy(() -> gate.pass(new Call(bare, () -> {
            line.cut();
            mend();
        }).context())).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE)).hasCause(bare);
        lookUntil(DatabaseState.WELL);
        assertThatThrownBy(() -> gate.pass(call(bare))).as("long well again").isSameAs(bare);
    }

    /** The thread that accepts may take one more connection, and the port needs a moment. */
    private void lookUntil(DatabaseState state) {
        for (int look = 0; pulse.look() != state; look++) {
            assertThat(look).as("looks until it is " + state).isLessThan(10);
        }
    }

    /** The port is free again only when the thread that accepted on it has noticed. */
    private void mend() throws Exception {
        boolean bound = false;
        while (!bound) {
            try {
                line.mend();
                bound = true;
            } catch (BindException e) {
                Thread.onSpinWait();
            }
        }
    }

    private interface Deed {
        void run() throws Exception;
    }

    /** A call of a transactional method that ends with {@code thrown}, or well where that is null. */
    private record Call(RuntimeException thrown, Deed meanwhile) {
        @Transactional
        void method() {
            // asked for its annotations alone
        }

        InvocationContext context() throws NoSuchMethodException {
            Method method = Call.class.getDeclaredMethod("method");
            return (InvocationContext) Proxy.newProxyInstance(Call.class.getClassLoader(), new Class<?>[] {InvocationContext.class},
                    (proxy, called, arguments) -> {
                        if (called.getName().equals("getMethod")) {
                            return method;
                        }
                        meanwhile.run();
                        if (thrown != null) {
                            throw thrown;
                        }
                        return "done";
                    });
        }
    }

    private static InvocationContext call(RuntimeException thrown) throws NoSuchMethodException {
        return new Call(thrown, () -> { }).context();
    }

    private Pulse as(String user) {
        String address = database.replaceFirst(":[0-9]+/", ":" + line.port() + "/");
        return new Pulse(config(address, user), new DataFolder(settings(address, user)));
    }

    private DatabaseConfig config(String address, String user) {
        return new DatabaseConfig(settings(address, user));
    }

    private Settings settings(String address, String user) {
        Map<String, String> settings = Map.of("wallwhale.db.url", address, "wallwhale.db.user", user, "wallwhale.data-dir", data.toString());
        return new Settings(key -> Optional.ofNullable(settings.get(key)));
    }
}
