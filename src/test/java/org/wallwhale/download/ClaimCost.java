package org.wallwhale.download;

import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.wallwhale.config.Settings;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.DatabaseConfig;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.database.WallwhaleDataSource;

/**
 * Prints what a claim costs with 10 and with 1,000 downloads queued, on an H2 file below the folder that is the only argument
 * and on PostgreSQL: one line {@code <deed>, <database>;<microseconds with 10>;<microseconds with 1000>} each, medians. Only the
 * claim's statements are timed, neither connecting nor committing, which no queue makes longer. Each claim is rolled back.
 */
final class ClaimCost {
    private static final int ROUNDS = 200;
    private static final int UNCOUNTED = 100;
    /** What is said of the queue and of two Steam accounts, one after the other; each statement finds what those before it left. */
    private static final List<Stage> STAGES = List.of(
            new Stage("claim", true, List.of()),
            new Stage("claim with an account", true, List.of(
                    "insert into steam_accounts (id, alias, login_name, password, status, version, created_at, updated_at) "
                            + "select cast('00000000-0000-0000-0000-00000000000' || n as uuid), 'a' || n, 'a' || n, 'x', 'ACTIVE', 1, "
                            + "current_timestamp, current_timestamp from (values (1), (2)) v(n)",
                    "insert into steam_apps (app_id, seat_id, works, learned_at) select 431960, id, true, current_timestamp from steam_accounts",
                    "insert into steam_apps (app_id, seat_id, works, learned_at) "
                            + "values (431960, '00000000-0000-0000-0000-000000000000', false, current_timestamp)",
                    "update downloads set needs_login = true, source = 'STEAM', account_name = null")),
            new Stage("no budget, told when", false, List.of(
                    "update steam_accounts set next_login_at = current_timestamp + interval '1' hour",
                    "update downloads set start_at = current_timestamp + interval '1' hour")),
            new Stage("no budget, not told when", false, List.of("update downloads set start_at = null")),
            new Stage("one behind those", true, List.of("update downloads set needs_login = false, waits_for = '' where created_at = "
                    + "(select max(created_at) from downloads)")),
            new Stage("none behind those, an account is free that is refused the app", false, List.of(
                    "update steam_accounts set next_login_at = null where alias = 'a2'",
                    "update steam_apps set works = false where seat_id in (select id from steam_accounts where alias = 'a2')",
                    "update downloads set needs_login = true")));

    private ClaimCost() {
    }

    /** {@code claims}: whether anything can be claimed then. */
    private record Stage(String deed, boolean claims, List<String> statements) {
    }

    public static void main(String[] arguments) throws SQLException {
        Path folder = Path.of(arguments[0]);
        print("H2", h2(folder.resolve("few")), h2(folder.resolve("many")));
        print("PostgreSQL", postgreSql(), postgreSql());
    }

    private static JdbcConnectionPool h2(Path folder) {
        return JdbcConnectionPool.create((JdbcDataSource) WallwhaleDataSource.open(new DatabaseConfig(new Settings(
                key -> key.equals("wallwhale.data-dir") ? Optional.of(folder.toString()) : Optional.empty()))));
    }

    /** The pool of H2 takes any database's connections. */
    static JdbcConnectionPool postgreSql() throws SQLException {
        PGSimpleDataSource plain = (PGSimpleDataSource) TestDatabase.postgreSql().dataSource();
        PGConnectionPoolDataSource pooled = new PGConnectionPoolDataSource();
        pooled.setUrl(plain.getUrl());
        pooled.setUser(plain.getUser());
        pooled.setStringType(plain.getStringType());
        // Filling a table with millions takes longer than the server would wait.
        pooled.setSocketTimeout(0);
        return JdbcConnectionPool.create(pooled);
    }

    private static void print(String name, JdbcConnectionPool fewPool, JdbcConnectionPool manyPool) throws SQLException {
        try (TestDatabase few = new TestDatabase(fewPool); TestDatabase many = new TestDatabase(manyPool)) {
            queue(few, 10);
            queue(many, 1000);
            for (Stage stage : STAGES) {
                set(few, stage);
                set(many, stage);
                long[] withFew = new long[ROUNDS];
                long[] withMany = new long[ROUNDS];
                for (int round = -UNCOUNTED; round < ROUNDS; round++) {
                    withFew[Math.max(0, round)] = claimNanos(few, stage);
                    withMany[Math.max(0, round)] = claimNanos(many, stage);
                }
                System.out.println(stage.deed + ", " + name + ";" + medianMicros(withFew) + ";" + medianMicros(withMany));
            }
        } finally {
            fewPool.dispose();
            manyPool.dispose();
        }
    }

    private static void queue(TestDatabase database, int count) {
        UUID user = database.addUser();
        database.transaction(entities -> {
            for (int item = 1; item <= count; item++) {
                Wish wish = Wishes.of(user, String.valueOf(item), item % 3);
                new DownloadRepository(entities).add(new Download(wish, null, 3, now(entities).plusMillis(item)));
            }
            return null;
        });
    }

    private static void set(TestDatabase database, Stage stage) throws SQLException {
        database.transaction(entities -> {
            stage.statements.forEach(sql -> entities.createNativeQuery(sql).executeUpdate());
            new SeatingRepository(entities).sortAll();
            return null;
        });
        // both databases do so by themselves, sooner or later
        try (Connection connection = database.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(connection.getMetaData().getDatabaseProductName().equals("H2") ? "analyze" : "vacuum analyze");
        }
    }

    private static long claimNanos(TestDatabase database, Stage stage) {
        try {
            return database.transaction(entities -> {
                Instant now = now(entities);
                long start = System.nanoTime();
                QueueRepository queue = new QueueRepository(entities);
                queue.lockClaims();
                boolean claimed = queue.claimNext(new Holder("here", "boot"), new Capacity(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE),
                        now, now.plusSeconds(15)).isPresent();
                entities.flush();
                if (claimed != stage.claims) {
                    throw new IllegalStateException(stage.deed + " is not what was measured");
                }
                throw new RolledBack(System.nanoTime() - start);
            });
        } catch (RolledBack rolledBack) {
            return rolledBack.nanos;
        }
    }

    private static Instant now(EntityManager entities) {
        return new ClockRepository(entities).now();
    }

    private static long medianMicros(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1000;
    }

    /** How a claim that worked ends here, so that the next one finds the same queue. */
    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final long nanos;

        RolledBack(long nanos) {
            super(null, null, false, false);
            this.nanos = nanos;
        }
    }
}
