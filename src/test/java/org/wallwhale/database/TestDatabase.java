package org.wallwhale.database;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.wallwhale.config.Settings;

/** A migrated database of its own, and transactions on it as the server would run them. */
public final class TestDatabase implements AutoCloseable {
    private final EntityManagerFactory factory;
    private final DataSource dataSource;

    /** Migrates the database behind {@code dataSource}, which it asks for a connection again and again. */
    public TestDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
        Database.migrate(dataSource);
        factory = Persistence.createEntityManagerFactory("wallwhale", Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource", "",
                "jakarta.persistence.nonJtaDataSource", dataSource,
                "eclipselink.logging.level", "WARNING"));
    }

    /** H2 in memory; the file mode's durability has its own test. */
    public static TestDatabase h2() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return new TestDatabase(h2);
    }

    /** A new database on a real PostgreSQL. */
    public static TestDatabase postgreSql() {
        return postgreSql(TestPostgres.newDatabase());
    }

    public static TestDatabase postgreSql(String address) {
        Map<String, String> settings = Map.of("wallwhale.db.url", address, "wallwhale.db.user", TestPostgres.USER,
                "wallwhale.data-dir", "target");
        return new TestDatabase(WallwhaleDataSource.open(new DatabaseConfig(
                new Settings(key -> Optional.ofNullable(settings.get(key))))));
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
        EntityManager entities = factory.createEntityManager();
        entities.getTransaction().begin();
        try {
            T result = work.apply(entities);
            entities.getTransaction().commit();
            return result;
        } finally {
            if (entities.getTransaction().isActive()) {
                entities.getTransaction().rollback();
            }
            entities.close();
        }
    }

    /** For reading outside of a transaction; it knows nothing yet, holds no connection and ends with the database. */
    public EntityManager reader() {
        return factory.createEntityManager();
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
        if (factory.isOpen()) {
            factory.close();
        }
    }
}
