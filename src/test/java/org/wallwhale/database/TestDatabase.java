package org.wallwhale.database;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.wallwhale.config.Settings;

/** A migrated database of its own, and transactions on it as the server would run them. */
public final class TestDatabase implements AutoCloseable {
    /** What a migrated H2 is made of, told by itself: to read that takes a twentieth of the time of the migrations. */
    private static final List<String> MIGRATED_H2 = script();
    private final TestEntities entities;
    private final DataSource dataSource;
    private final Runnable whenClosed;

    /** Migrates the database behind {@code dataSource}, which it asks for a connection again and again. */
    public TestDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
        Database.migrate(dataSource);
        entities = TestEntities.alone(dataSource);
        whenClosed = () -> { };
    }

    private TestDatabase(DataSource migrated, TestEntities entities, Runnable whenClosed) {
        this.dataSource = migrated;
        this.entities = entities;
        this.whenClosed = whenClosed;
    }

    /** H2 in memory; the file mode's durability has its own test. */
    public static TestDatabase h2() {
        JdbcDataSource h2 = memory();
        execute(h2, MIGRATED_H2);
        // its memory would be held to the end of the tests otherwise; whoever asks it once more finds nothing
        return new TestDatabase(h2, TestEntities.lent("h2", h2), () -> execute(h2, List.of("shutdown immediately")));
    }

    private static void execute(DataSource dataSource, List<String> commands) {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new database on a real PostgreSQL. */
    public static TestDatabase postgreSql() {
        String address = TestPostgres.newMigrated();
        DataSource postgres = open(address);
        return new TestDatabase(postgres, TestEntities.lent("postgresql", postgres), () -> TestPostgres.drop(address));
    }

    public static TestDatabase postgreSql(String address) {
        return new TestDatabase(open(address));
    }

    static DataSource open(String address) {
        Map<String, String> settings = Map.of("wallwhale.db.url", address, "wallwhale.db.user", TestPostgres.USER,
                "wallwhale.data-dir", "target");
        return WallwhaleDataSource.open(new DatabaseConfig(new Settings(key -> Optional.ofNullable(settings.get(key)))));
    }

    private static JdbcDataSource memory() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return h2;
    }

    private static List<String> script() {
        JdbcDataSource h2 = memory();
        Database.migrate(h2);
        try (Connection connection = h2.getConnection(); Statement statement = connection.createStatement();
                ResultSet commands = statement.executeQuery("script")) {
            List<String> script = new ArrayList<>();
            while (commands.next()) {
                if (!commands.getString(1).startsWith("CREATE USER")) {
                    script.add(commands.getString(1));
                }
            }
            return script;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** An ordinary user who may own downloads. */
    public UUID addUser() {
        UUID id = UUID.randomUUID();
        transaction(entities -> entities.createNativeQuery("""
                insert into users (id, email, password_hash, role, active, created_at)
                values (cast(?1 as uuid), ?1, 'x', 'USER', true, current_timestamp)""")
                .setParameter(1, id.toString()).executeUpdate());
        return id;
    }

    /** Runs one transaction; an exception rolls it back and passes on. */
    public <T> T transaction(Function<EntityManager, T> work) {
        return entities.transaction(work);
    }

    /** For reading outside of a transaction; it knows nothing yet, holds no connection and ends with the database. */
    public EntityManager reader() {
        return entities.reader();
    }

    /** True while a transaction waits for a lock of another one. */
    public boolean someoneWaits() {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
            return statement.executeQuery(h2 ? "select 1 from information_schema.sessions where blocker_id is not null"
                    : "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'").next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing can be done on it afterwards; a second call does nothing. */
    @Override
    public void close() {
        if (entities.close()) {
            whenClosed.run();
        }
    }
}
