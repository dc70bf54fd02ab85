package org.wallwhale.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wallwhale.database.TestPostgres;

/** The users of a server, as its database has them. */
record ExternalUsers(String database) {
    record Row(String email, String role, String issuer, String subject) {
    }

    static ExternalUsers inNewDatabase() {
        return new ExternalUsers(TestPostgres.newDatabase());
    }

    Map<String, String> settings() {
        return Map.of("WALLWHALE_DB_URL", database, "WALLWHALE_DB_USER", TestPostgres.USER);
    }

    List<Row> all() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database, TestPostgres.USER, "");
                PreparedStatement select = connection.prepareStatement("select email, role, issuer, subject from users");
                ResultSet rows = select.executeQuery()) {
            List<Row> all = new ArrayList<>();
            while (rows.next()) {
                all.add(new Row(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
            }
            return all;
        }
    }

    List<Row> of(String subject) throws SQLException {
        return all().stream().filter(row -> subject.equals(row.subject())).toList();
    }

    void deactivate(String subject) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database, TestPostgres.USER, "");
                PreparedStatement update = connection.prepareStatement("update users set active = false where subject = ?")) {
            update.setString(1, subject);
            update.executeUpdate();
        }
    }
}
