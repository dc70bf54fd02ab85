package org.wallwhale.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** A real PostgreSQL from Maven's binaries, started once and ended with the tests. */
public final class TestPostgres {
    public static final String USER = "postgres";
    private static EmbeddedPostgres server;
    private static String migrated;

    private TestPostgres() {
    }

    /** The address of a new, empty database. */
    public static String newDatabase() {
        return copy("template1");
    }

    /** The address of a new database with the schema of today. */
    static synchronized String newMigrated() {
        if (migrated == null) {
            String address = newDatabase();
            Database.migrate(TestDatabase.open(address));
            migrated = name(address);
        }
        return copy(migrated);
    }

    /** Gives its room on the disk back, whoever may still be connected. */
    static void drop(String address) {
        execute("drop database " + name(address) + " with (force)");
    }

    private static String name(String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }

    private static synchronized String copy(String template) {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        try {
            if (server == null) {
                server = EmbeddedPostgres.builder().start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL's binaries from Maven did not start", e);
        }
        execute("create database " + name + " template " + template);
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
    }

    private static synchronized void execute(String command) {
        try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused to " + command, e);
        }
    }
}
