package org.wallwhale.database;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Writes all rows of a database, as one moment saw them, into a zip that either kind of database can be restored from: an entry
 * {@code tables/<name>.ndjson} for each table, whose first line names the columns and each further one a row, and last what
 * {@link BackupContents} says.
 */
public final class DatabaseBackup {
    static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    private static final int ROWS_AT_ONCE = 1000;

    private DatabaseBackup() {
    }

    /**
     * Writes to {@code target}, which stays open. Servers go on meanwhile on PostgreSQL; an H2 must be this process's alone.
     *
     * @throws IllegalStateException with a sentence, where there is no schema of this program
     */
    public static BackupContents write(DatabaseConfig config, OutputStream target) throws SQLException, IOException {
        return write(WallwhaleDataSource.open(config), target);
    }

    static BackupContents write(DataSource source, OutputStream target) throws SQLException, IOException {
        MigrationInfo last = Database.flyway(source, MigrationVersion.LATEST).info().current();
        if (last == null) {
            throw new IllegalStateException("There is no database of a WallWhale Server: nothing was ever started on it.");
        }
        try (Connection connection = source.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try {
                ZipOutputStream zip = new ZipOutputStream(target, StandardCharsets.UTF_8);
                OffsetDateTime now = now(connection);
                Map<String, Long> rows = new LinkedHashMap<>();
                for (BackupTable table : BackupTable.all(connection)) {
                    zip.putNextEntry(new ZipEntry(entry(table)));
                    rows.put(table.name(), write(table, connection, zip));
                    zip.closeEntry();
                }
                BackupContents contents = new BackupContents(BackupContents.FORMAT, last.getVersion().toString(),
                        connection.getMetaData().getDatabaseProductName(), now.toInstant(), rows);
                zip.putNextEntry(new ZipEntry(BackupContents.ENTRY));
                zip.write(JSON.writeValueAsBytes(contents));
                zip.finish();
                return contents;
            } finally {
                connection.rollback();
            }
        }
    }

    static String entry(BackupTable table) {
        return "tables/" + table.name() + ".ndjson";
    }

    private static OffsetDateTime now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("select now from database_clock")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class);
        }
    }

    private static long write(BackupTable table, Connection connection, OutputStream out) throws SQLException, IOException {
        List<BackupTable.Type> types = List.copyOf(table.columns().values());
        line(out, table.columns().keySet());
        long count = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            ResultSet rows = statement.executeQuery(table.select());
            while (rows.next()) {
                List<Object> row = new ArrayList<>(types.size());
                for (int i = 0; i < types.size(); i++) {
                    row.add(types.get(i).read(rows, i + 1));
                }
                line(out, row);
                count++;
            }
        }
        return count;
    }

    private static void line(OutputStream out, Object values) throws IOException {
        out.write(JSON.writeValueAsBytes(values));
        out.write('\n');
    }
}
