package org.wallwhale.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/**
 * The database that a backup is put into: one that no server ever used, and that nobody else's tables are in. It is empty, or has a
 * schema of ours that is no newer than the backup's.
 */
final class RestoreTarget {
    private final DataSource target;
    private final Flyway flyway;
    /** Null where there is no schema of ours. */
    private final MigrationInfo present;

    private RestoreTarget(DataSource target, Flyway flyway) {
        this.target = target;
        this.flyway = flyway;
        present = flyway.info().current();
    }

    /** An {@link IllegalStateException} with a sentence and a cure where it is none. */
    static RestoreTarget of(DataSource target, BackupContents contents) throws SQLException {
        // Flyway would tell of it in words of its own
        target.getConnection().close();
        MigrationVersion version = MigrationVersion.fromVersion(contents.schemaVersion());
        Flyway flyway = Database.flyway(target, version);
        requireKnown(target, version);
        RestoreTarget found = new RestoreTarget(target, flyway);
        if (found.present == null) {
            found.requireNothing();
        } else {
            found.requireOurs(contents);
            found.requireUnused();
        }
        return found;
    }

    /** To the backup's schema. */
    void migrate() {
        flyway.migrate();
    }

    /** Takes away the schema that {@link #migrate} made, which is no part of a transaction; one that was there already stays. */
    void leaveAsFound() throws SQLException {
        if (present == null && flyway.info().current() != null) {
            empty();
        }
    }

    private static void requireKnown(DataSource target, MigrationVersion version) {
        List<MigrationVersion> ours = Arrays.stream(Database.flyway(target, MigrationVersion.LATEST).info().all()).map(MigrationInfo::getVersion)
                .filter(Objects::nonNull).toList();
        MigrationVersion last = ours.get(ours.size() - 1);
        if (last.compareTo(version) < 0) {
            throw new IllegalStateException("The backup is of the schema " + version + ", newer than this program's " + last
                    + ": restore it with the version that made it, or a newer one.");
        }
        if (!ours.contains(version)) {
            throw BackupRows.damaged("is of a schema " + version + " that there never was");
        }
    }

    /** All rows of a schema are deleted first: each table must be one of ours, and so must each migration that made them. */
    private void requireOurs(BackupContents contents) throws SQLException {
        if (present.getVersion().compareTo(MigrationVersion.fromVersion(contents.schemaVersion())) > 0) {
            throw new IllegalStateException("The database has the schema " + present.getVersion() + " already, newer than the backup's "
                    + contents.schemaVersion() + ": name an empty database in WALLWHALE_DB_URL.");
        }
        if (!Flyway.configure().configuration(flyway.getConfiguration()).target(MigrationVersion.LATEST).ignoreMigrationPatterns("*:pending").load()
                .validateWithResult().validationSuccessful) {
            throw new IllegalStateException("The database has the schema " + present.getVersion() + " of another program: name an empty database in "
                    + "WALLWHALE_DB_URL.");
        }
        try (Connection connection = target.getConnection()) {
            // no migration takes a table away, so the backup has all that an older schema has
            names(connection, connection.getSchema(), "TABLE", "BASE TABLE", "PARTITIONED TABLE", "FOREIGN TABLE").stream()
                    .filter(name -> !contents.rows().containsKey(name) && !name.equals(BackupTable.HISTORY)).findFirst().ifPresent(this::refuseOthers);
        }
    }

    private void requireUnused() throws SQLException {
        try (Connection connection = target.getConnection()) {
            for (BackupTable table : BackupTable.all(connection)) {
                String used = table.name().equals("key_fingerprints") ? " where fingerprint <> ''" : table.name().matches("users|audit_entries") ? "" : null;
                if (used != null && count(connection, table.name() + used) > 0) {
                    throw new IllegalStateException("The database is in use: it has rows in " + table.name() + ". Name an empty one in "
                            + "WALLWHALE_DB_URL, or move the H2 file of the data folder away first.");
                }
            }
        }
    }

    /** Whatever there is would be lost by the cleaning after a failure, which on H2 is one of all schemas. */
    private void requireNothing() throws SQLException {
        try (Connection connection = target.getConnection()) {
            names(connection, Database.isPostgreSql(target) ? connection.getSchema() : null).stream().findFirst().ifPresent(this::refuseOthers);
        }
    }

    private void refuseOthers(String table) {
        throw new IllegalStateException("The database has tables of another program, such as " + table
                + ": name an empty database in WALLWHALE_DB_URL.");
    }

    /** Of tables and the like, in lower case; all kinds of them if none is named. */
    private static List<String> names(Connection connection, String schema, String... kinds) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet found = connection.getMetaData().getTables(null, schema, null, kinds.length == 0 ? null : kinds)) {
            while (found.next()) {
                if (!"INFORMATION_SCHEMA".equals(found.getString("TABLE_SCHEM"))) {
                    names.add(found.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
                }
            }
        }
        return names;
    }

    /** Flyway leaves views in an H2. */
    private void empty() throws SQLException {
        if (Database.isPostgreSql(target)) {
            Flyway.configure().configuration(flyway.getConfiguration()).cleanDisabled(false).load().clean();
            return;
        }
        try (Connection connection = target.getConnection()) {
            DatabaseRestore.execute(connection, "drop all objects");
        }
    }

    private static long count(Connection connection, String from) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("select count(*) from " + from)) {
            row.next();
            return row.getLong(1);
        }
    }
}
