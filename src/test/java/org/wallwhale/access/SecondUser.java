package org.wallwhale.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.wallwhale.config.Settings;
import org.wallwhale.database.Database;
import org.wallwhale.database.DatabaseConfig;
import org.wallwhale.database.WallwhaleDataSource;
import org.wallwhale.secret.Secret;

/** A user without any right of an administrator, put into the database before the server starts. */
public final class SecondUser {
    public static final String EMAIL = "user@example.org";
    public static final String PASSWORD = "the second user's password";

    private SecondUser() {
    }

    /** {@code where} has the settings that say which database; no server runs on it. */
    public static void addTo(Map<String, String> where) {
        Map<String, String> values = new HashMap<>(where);
        values.putAll(Map.of("wallwhale.access.bcrypt-cost", "4", "wallwhale.access.token-lifetime-seconds", "900"));
        Settings settings = new Settings(key -> Optional.ofNullable(values.get(key)));
        DataSource database = WallwhaleDataSource.open(new DatabaseConfig(settings));
        Database.migrate(database);
        try (Connection connection = database.getConnection(); PreparedStatement insert = connection.prepareStatement("""
                insert into users (id, email, password_hash, role, active, created_at) values (?, ?, ?, 'USER', true, current_timestamp)""")) {
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, EMAIL);
            insert.setString(3, new Passwords(new AccessConfig(settings)).hash(Secret.of(PASSWORD)));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
