package org.wallwhale.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.Settings;

/** What is committed stays, whatever others roll back at the same time. */
class H2ConnectionTest {
    private static final int WRITERS = 6;
    private static final int ROUNDS = 200;
    private final AtomicInteger writing = new AtomicInteger(WRITERS);

    @Test
    void aRowThatIsLockedAndLeftAloneByOthersKeepsWhatIsWrittenToItMeanwhile(@TempDir Path folder) throws Exception {
        Map<String, String> settings = Map.of("wallwhale.data-dir", folder.toString(),
                "wallwhale.db.url", "jdbc:h2:file:" + folder.resolve("wallwhale") + ";LOCK_TIMEOUT=20000");
        DataSource source = WallwhaleDataSource.open(new DatabaseConfig(new Settings(key -> Optional.ofNullable(settings.get(key)))));
        try (Connection open = source.getConnection(); Statement statement = open.createStatement()) {
            statement.execute("create table counter (id int primary key, stands_at int, moved timestamp)");
            statement.execute("create index counter_moved on counter (moved)");
            statement.execute("create table steps (number int primary key)");
            statement.execute("insert into counter values (1, 0, current_timestamp)");
            ExecutorService threads = Executors.newCachedThreadPool();
            try {
                List<Callable<Void>> deeds = new ArrayList<>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    deeds.add(() -> write(source));
                    deeds.add(() -> leaveAlone(source));
                }
                for (Future<Void> deed : threads.invokeAll(deeds)) {
                    deed.get();
                }
            } finally {
                threads.shutdownNow();
            }
            try (ResultSet row = statement.executeQuery("select stands_at, (select count(*) from steps) from counter")) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(WRITERS * ROUNDS).isEqualTo(row.getInt(2));
            }
        }
    }

    private Void write(DataSource source) throws SQLException {
        try (Connection connection = open(source); Statement sql = connection.createStatement()) {
            for (int round = 0; round < ROUNDS; round++) {
                int next = lock(sql) + 1;
                sql.executeUpdate("update counter set moved = current_timestamp, stands_at = " + next + " where id = 1");
                sql.executeUpdate("insert into steps values (" + next + ")");
                connection.commit();
            }
        } finally {
            writing.decrementAndGet();
        }
        return null;
    }

    private Void leaveAlone(DataSource source) throws SQLException {
        try (Connection connection = open(source); Statement sql = connection.createStatement()) {
            while (writing.get() > 0) {
                lock(sql);
                connection.rollback();
            }
        }
        return null;
    }

    private static Connection open(DataSource source) throws SQLException {
        Connection connection = H2Connection.guarded(source.getConnection());
        connection.setAutoCommit(false);
        return connection;
    }

    private static int lock(Statement sql) throws SQLException {
        try (ResultSet row = sql.executeQuery("select stands_at from counter where id = 1 for update")) {
            row.next();
            return row.getInt(1);
        }
    }
}
