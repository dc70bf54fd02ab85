package org.wallwhale.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.wallwhale.config.Settings;

/** A program that commits rows, one after the other, and prints each number once its commit was acknowledged. */
final class Committer {
    /** Tells a whole line from one that a kill cut off. */
    static final String END = ".";

    private Committer() {
    }

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = database(Path.of(arguments[0])).getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into acknowledged (id, filling) values (?, repeat('x', 500))")) {
                for (long id = Long.parseLong(arguments[1]);; id++) {
                    insert.setLong(1, id);
                    insert.executeUpdate();
                    connection.commit();
                    System.out.println(id + END);
                }
            }
        }
    }

    /** The server's own data source on the H2 file of a data folder. */
    static DataSource database(Path folder) {
        Map<String, String> settings = Map.of("wallwhale.data-dir", folder.toString());
        return WallwhaleDataSource.open(new DatabaseConfig(new Settings(key -> Optional.ofNullable(settings.get(key)))));
    }
}
