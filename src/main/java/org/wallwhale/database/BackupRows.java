package org.wallwhale.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The rows of one table as a backup has them. A backup may come from anywhere: whatever is wrong with them, or with what the database says
 * of them, is an {@link IllegalStateException} that says so.
 */
final class BackupRows {
    private static final int ROWS_AT_ONCE = 500;
    private final ZipFile backup;
    private final ZipEntry entry;
    private final BackupTable table;

    BackupRows(ZipFile backup, BackupTable table) {
        this.backup = backup;
        this.table = table;
        entry = backup.getEntry(DatabaseBackup.entry(table));
        if (entry == null) {
            throw damaged("holds no rows of " + table.name());
        }
    }

    static IllegalStateException damaged(String what) {
        return new IllegalStateException("The backup " + what + ": it is damaged; take another one.");
    }

    /** Which columns are bound, of those that each row has. */
    interface Choice {
        List<String> of(List<String> columns);
    }

    /** The statement with a place for each of them. */
    interface Wording {
        String of(List<String> columns);
    }

    /** Binds some columns of each row, in an order, to a statement, and runs it. Returns the number of rows. */
    long run(Connection connection, Choice choice, Wording wording) throws SQLException, IOException {
        CheckedInputStream bytes = new CheckedInputStream(backup.getInputStream(entry), new CRC32());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            List<String> columns = columns(lines.readLine());
            List<String> bound = choice.of(columns);
            long count = 0;
            try (PreparedStatement statement = connection.prepareStatement(wording.of(bound))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    bind(statement, columns, bound, line);
                    statement.addBatch();
                    if (++count % ROWS_AT_ONCE == 0) {
                        statement.executeBatch();
                    }
                }
                statement.executeBatch();
            }
            if (bytes.getChecksum().getValue() != entry.getCrc()) {
                throw damaged("holds other rows of " + table.name() + " than were written");
            }
            return count;
        } catch (SQLException e) {
            if (isOfTheRows(e)) {
                throw damaged("has rows of " + table.name() + " that no database of this program has");
            }
            throw e;
        }
    }

    private List<String> columns(String line) {
        List<String> columns = list(line).stream().map(String::valueOf).toList();
        if (!table.columns().keySet().containsAll(columns)) {
            throw damaged("has columns of " + table.name() + " that its schema has not");
        }
        if (columns.size() != table.columns().size() || new HashSet<>(columns).size() != columns.size()) {
            throw damaged("has not all columns of " + table.name());
        }
        return columns;
    }

    private List<Object> list(String line) {
        try {
            List<Object> values = line == null ? null : DatabaseBackup.JSON.readValue(line, new TypeReference<>() { });
            if (values != null) {
                return values;
            }
        } catch (JsonProcessingException e) {
            // told below, in our own words
        }
        throw damaged("has something else than rows of " + table.name());
    }

    private void bind(PreparedStatement statement, List<String> columns, List<String> bound, String line) throws SQLException {
        List<Object> row = list(line);
        if (row.size() != columns.size()) {
            throw damaged("has a row of " + table.name() + " with " + row.size() + " values instead of " + columns.size());
        }
        for (int i = 0; i < bound.size(); i++) {
            try {
                table.columns().get(bound.get(i)).write(statement, i + 1, row.get(columns.indexOf(bound.get(i))));
            } catch (RuntimeException e) {
                throw damaged("has something else than a value of " + table.name() + "." + bound.get(i));
            }
        }
    }

    /** SQLSTATE classes 22, a value that the column cannot have, and 23, a row that another one forbids or lacks. */
    private static boolean isOfTheRows(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().matches("2[23].*");
    }
}
