package org.wallwhale.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;
import org.wallwhale.database.DatabaseConfig;
import org.wallwhale.database.WallwhaleDataSource;

/** A user who was deactivated, with a session and a key from before, put into the database before the server starts. */
public final class DeactivatedUser {
    static final UUID ID = UUID.fromString("dead0000-0000-4000-8000-000000000001");
    static final UUID SESSION = UUID.fromString("dead0000-0000-4000-8000-000000000002");
    static final String KEY = ApiKeyText.fresh("live").reveal();

    private DeactivatedUser() {
    }

    /** {@code where} has the settings that say which data folder and database, with the tables made. */
    public static void addTo(Map<String, String> where) {
        Settings settings = new Settings(key -> Optional.ofNullable(where.get(key)));
        String hash = new KeyHash(new DataFolder(settings)).of(ApiKeyText.parse(KEY).orElseThrow());
        try (Connection connection = WallwhaleDataSource.open(new DatabaseConfig(settings)).getConnection();
                Statement insert = connection.createStatement()) {
            insert.execute("insert into users (id, email, password_hash, role, active, created_at) values ('" + ID
                    + "', 'deactivated@example.org', 'none', 'USER', false, current_timestamp)");
            insert.execute("insert into sessions (id, user_id, refresh_hash, created_at, used_at) values ('" + SESSION + "', '" + ID
                    + "', 'none', current_timestamp, current_timestamp)");
            insert.execute("insert into api_keys (id, user_id, name, kind, prefix, last_four, hash, scopes, active, created_at) values ('"
                    + UUID.randomUUID() + "', '" + ID + "', 'from before', 'live', '" + KEY.substring(0, 12) + "', '" + KEY.substring(40)
                    + "', '" + hash + "', 'admin:* download:*', true, current_timestamp)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
