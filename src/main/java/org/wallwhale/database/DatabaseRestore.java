package org.wallwhale.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.KeyFile;

/**
 * Puts a backup into a database that no server ever used: all rows in one transaction, which is only committed when every table has
 * as many as the backup says, and the data folder has the keys that they were made with. Whatever fails is an
 * {@link IllegalStateException} with a sentence and a cure, and leaves the database as empty as it was; a schema of ours that was there
 * already stays, at most brought up to the backup's. From then on the folder belongs to this database: whatever other one it was used with
 * is refused with it. The caller keeps servers off it meanwhile.
 */
public final class DatabaseRestore {
    private final ZipFile backup;
    private final DataSource target;
    private final DataFolder folder;
    private final List<KeyFile> keys;

    private DatabaseRestore(ZipFile backup, DataSource target, DataFolder folder, List<KeyFile> keys) {
        this.backup = backup;
        this.target = target;
        this.folder = folder;
        this.keys = keys;
    }

    /** {@code keys} are those that rows depend on. */
    public static BackupContents restore(Path file, DatabaseConfig config, DataFolder folder, List<KeyFile> keys) throws SQLException, IOException {
        return restore(file, config.isPostgreSql() ? WallwhaleDataSource.openPatient(config) : WallwhaleDataSource.open(config), folder, keys);
    }

    static BackupContents restore(Path file, DataSource target, DataFolder folder, List<KeyFile> keys) throws SQLException, IOException {
        try (ZipFile backup = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            return new DatabaseRestore(backup, target, folder, keys).run();
        } catch (ZipException e) {
            throw new IllegalStateException(file + " is no whole backup (" + e.getMessage() + "): take another one.", e);
        }
    }

    private BackupContents run() throws SQLException, IOException {
        BackupContents contents = contents();
        RestoreTarget place = RestoreTarget.of(target, contents);
        String id;
        try {
            place.migrate();
            id = insert(contents);
        } catch (SQLException | IOException | RuntimeException e) {
            place.leaveAsFound();
            throw e;
        }
        moveFolder(id);
        return contents;
    }

    /** Not before the rows are committed: until then the folder is the other database's. */
    private void moveFolder(String id) {
        try {
            folder.moveTo(id);
        } catch (UncheckedIOException e) {
            throw new UnfinishedRestoreException("All rows are restored, but " + folder.databaseFile() + " could not be written ("
                    + e.getCause().getMessage() + "), which is to name this database: make room, delete that file, and start the server.", e);
        }
    }

    private BackupContents contents() throws IOException {
        ZipEntry entry = backup.getEntry(BackupContents.ENTRY);
        BackupContents contents = null;
        try {
            contents = entry == null ? null : DatabaseBackup.JSON.readValue(backup.getInputStream(entry), BackupContents.class);
        } catch (JsonProcessingException e) {
            // told below, in our own words
        }
        if (contents == null || contents.format() != BackupContents.FORMAT) {
            throw new IllegalStateException("The file is no backup that this program can read: take one that wallwhale backup has made, with "
                    + "this version or an older one.");
        }
        if (!contents.isWhole()) {
            throw BackupRows.damaged("does not say in " + BackupContents.ENTRY + " what is in it");
        }
        return contents;
    }

    /** Returns the id of the database. */
    private String insert(BackupContents contents) throws SQLException, IOException {
        try (Connection connection = target.getConnection()) {
            connection.setAutoCommit(false);
            try {
                List<BackupTable> tables = BackupTable.all(connection);
                requireTables(tables, contents);
                for (int i = tables.size() - 1; i >= 0; i--) {
                    execute(connection, "delete from " + tables.get(i).name());
                }
                for (BackupTable table : tables) {
                    insert(table, contents, connection);
                }
                forgetLives(connection);
                KeyFingerprints fingerprints = new KeyFingerprints(target, folder);
                List<Path> strangers = fingerprints.strangers(connection, keys);
                if (!strangers.isEmpty()) {
                    throw new IllegalStateException("The data folder is not the one that this database was used with: "
                            + strangers.stream().map(Path::toString).collect(Collectors.joining(", ")) + (strangers.size() == 1 ? " is" : " are")
                            + " missing or another's. Put the folder's own secrets and folder-id back first, which are kept apart from a backup.");
                }
                String id = fingerprints.rename(connection);
                connection.commit();
                return id;
            } finally {
                // of what was not committed
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** Those that the backup's schema has; one from before data folders had ids was never in use. */
    private static void requireTables(List<BackupTable> tables, BackupContents contents) {
        Set<String> names = tables.stream().map(BackupTable::name).collect(Collectors.toSet());
        contents.rows().keySet().stream().filter(name -> !names.contains(name)).sorted().findFirst().ifPresent(name -> {
            throw BackupRows.damaged("holds a table " + name + " that its schema " + contents.schemaVersion() + " has not");
        });
        if (!names.contains("key_fingerprints")) {
            throw BackupRows.damaged("is of a schema " + contents.schemaVersion() + " that no server was used with");
        }
    }

    /** Of the instances that ran then: on the same machine one of their children may be another server's now, which nobody is to end. */
    private static void forgetLives(Connection connection) throws SQLException {
        for (BackupTable table : BackupTable.all(connection)) {
            if (table.name().equals("instances")) {
                execute(connection, "delete from instances");
            } else if (table.columns().containsKey("child_pid")) {
                execute(connection, "update " + table.name() + " set child_pid = null, child_started_at = null");
            }
        }
    }

    private void insert(BackupTable table, BackupContents contents, Connection connection) throws SQLException, IOException {
        long expected = contents.rows().getOrDefault(table.name(), -1L);
        if (expected < 0) {
            throw BackupRows.damaged("holds no table " + table.name());
        }
        BackupRows rows = new BackupRows(backup, table);
        long inserted = rows.run(connection, columns -> columns.stream().filter(column -> !table.ownReferences().contains(column)).toList(),
                table::insert);
        if (!table.ownReferences().isEmpty()) {
            // once all rows that are referred to are there
            rows.run(connection, columns -> {
                List<String> order = new ArrayList<>(table.ownReferences());
                order.addAll(table.key());
                return order;
            }, order -> table.updateOwnReferences());
        }
        if (inserted != expected) {
            throw BackupRows.damaged("holds " + inserted + " rows of " + table.name() + " instead of " + expected);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
