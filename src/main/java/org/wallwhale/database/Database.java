package org.wallwhale.database;

import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.KeyFile;

/**
 * The server's pooled data source and its schema. Payara's pool asks the driver before it hands a connection out, which reaches a
 * PostgreSQL, and makes all anew when one is dead: a restart costs no request. Asked by a query instead, the pool sets a timeout
 * each time, upon which H2 forgets every statement that it has parsed for anybody. WildFly reads {@code WEB-INF/web.xml} instead.
 */
@DataSourceDefinition(name = "java:app/jdbc/wallwhale", className = "org.wallwhale.database.WallwhaleDataSource",
        minPoolSize = 2, maxPoolSize = 20, properties = {"name=wallwhale",
            "fish.payara.max-wait-time-in-millis=3000",
            "fish.payara.is-connection-validation-required=true",
            "fish.payara.connection-validation-method=custom-validation",
            "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation",
            "fish.payara.fail-all-connections=true"})
@ApplicationScoped
public class Database {
    @Resource(lookup = "java:app/jdbc/wallwhale")
    private DataSource dataSource;
    @Inject
    private DatabaseConfig config;

    /** Brings the schema up to date. Call it outside of a transaction, before anything reads a table. */
    public void migrate() {
        migrate(isPostgreSql(dataSource) ? WallwhaleDataSource.openPatient(config) : dataSource);
    }

    /** As {@link #migrate()}, for any data source. */
    public static void migrate(DataSource dataSource) {
        flyway(dataSource, MigrationVersion.LATEST).migrate();
    }

    /** Brings the schema to {@code target}, which it must not be beyond. */
    static Flyway flyway(DataSource dataSource, MigrationVersion target) {
        String kind = isPostgreSql(dataSource) ? "postgresql" : "h2";
        return Flyway.configure(Database.class.getClassLoader()).dataSource(dataSource).target(target)
                .locations("classpath:db/migration/common", "classpath:db/migration/" + kind)
                // its lock would be an idle transaction meanwhile, which PostgreSQL ends after ten seconds
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false")).load();
    }

    /**
     * Makes sure that this data folder and these keys are the ones that the rows were made with; the first time it marks the folder,
     * makes the keys and records them.
     *
     * @throws IllegalStateException with a sentence for the folder and each key that is missing or another one; then nothing was changed
     */
    public void confirmFolder(DataFolder folder, List<KeyFile> keys) {
        confirmFolder(dataSource, folder, keys);
    }

    /** As {@link #confirmFolder(DataFolder, List)}, for any data source. */
    static void confirmFolder(DataSource dataSource, DataFolder folder, List<KeyFile> keys) {
        new KeyFingerprints(dataSource, folder).confirm(keys);
    }

    static boolean isPostgreSql(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        } catch (SQLException e) {
            throw new IllegalStateException("The database cannot be reached: " + e.getMessage(), e);
        }
    }
}
