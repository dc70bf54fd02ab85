package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.FolderLocks;
import org.wallwhale.config.Settings;
import org.wallwhale.database.Database;
import org.wallwhale.database.DatabaseConfig;
import org.wallwhale.database.WallwhaleDataSource;

/** With the H2 file of a data folder, as a server that is stopped leaves it. */
@DisabledOnOs(OS.WINDOWS)
class BackupRestoreTest {
    @TempDir
    private Path root;
    private final Commands commands = new Commands();
    private Path backup;

    @BeforeEach
    void makeDatabase() throws SQLException {
        backup = root.resolve("backup.zip");
        Database.migrate(WallwhaleDataSource.open(new DatabaseConfig(settings())));
        try (Connection connection = connection(); Statement statement = connection.createStatement()) {
            statement.execute("update key_fingerprints set fingerprint = '" + new DataFolder(settings()).makeId() + "' where name = 'data-folder'");
            statement.execute("insert into users (id, email, password_hash, role, active, created_at) values (random_uuid(), 'a@example.org', 'x', "
                    + "'USER', true, current_timestamp)");
        }
    }

    @Test
    void aFolderComesBackAndItsBackupIsPrivate() throws Exception {
        assertThat(commands.run(new Backup(settings()), backup.toString(), "--json")).as(commands.err()).isZero();
        assertThat(commands.json().at("/contents/rows/users").asInt()).isOne();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup))).isEqualTo("rw-------");
        assertThat(commands.run(new Backup(settings()), backup.toString())).as("never over another").isEqualTo(2);
        assertThat(commands.run(new Restore(settings()), backup.toString())).isEqualTo(1);
        assertThat(commands.err()).contains("The database is in use").endsWith("Nothing was changed.\n");
        Files.delete(root.resolve("data/wallwhale.mv.db"));
        assertThat(commands.run(new Restore(settings()), backup.toString())).as(commands.err()).isZero();
        assertThat(commands.out()).contains("Restored ", "key-pepper and its audit-key are the right ones", "sealing-keys were not compared");
        try (Connection connection = connection(); ResultSet users = connection.createStatement().executeQuery("select email from users")) {
            assertThat(users.next()).isTrue();
            assertThat(users.getString(1)).isEqualTo("a@example.org");
        }
    }

    @Test
    void whatCannotBeDoneIsToldWithItsCure() throws Exception {
        assertThat(commands.run(new Backup(settings("wallwhale.data-dir", root.resolve("empty").toString())), backup.toString())).isEqualTo(3);
        assertThat(commands.err()).contains("There is no H2 database here");
        assertThat(commands.run(new Backup(settings("wallwhale.db.url", "jdbc:postgresql://127.0.0.1:1/none")), backup.toString())).isEqualTo(4);
        assertThat(commands.run(new Backup(settings("wallwhale.db.url", "jdbc:oracle:none")), backup.toString())).isEqualTo(3);
        assertThat(commands.run(new Backup(settings()), root.resolve("no/such/folder.zip").toString())).isEqualTo(2);
        assertThat(commands.run(new Restore(settings()), backup.toString())).isEqualTo(2);
        Files.writeString(backup, "no backup");
        assertThat(commands.run(new Restore(settings()), backup.toString())).isEqualTo(1);
        assertThat(commands.err()).contains("is no whole backup");
        try (var left = Files.list(root)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("data", "backup.zip");
        }
    }

    @Test
    void anH2ThatAServerHasOpenIsToldAsThat() throws Exception {
        assertThat(commands.run(new Backup(settings()), backup.toString())).isZero();
        // as H2 does
        try (FileChannel held = FileChannel.open(root.resolve("data/wallwhale.mv.db"), StandardOpenOption.WRITE); FileLock lock = held.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(commands.run(new Backup(settings()), root.resolve("second.zip").toString())).isEqualTo(1);
            assertThat(commands.err()).contains("A server has this H2 database open: stop it first");
            assertThat(commands.run(new Restore(settings()), backup.toString())).isEqualTo(1);
            assertThat(commands.err()).contains("A server has this H2 database open: stop it first");
        }
        assertThat(commands.run(new Restore(settings("wallwhale.db.url", "jdbc:postgresql://127.0.0.1:1/none")), backup.toString())).isEqualTo(4);
    }

    @Test
    void noBackupIsRestoredWithTheFolderOfALivingServer() throws Exception {
        assertThat(commands.run(new Backup(settings()), backup.toString())).isZero();
        String elsewhere = "jdbc:h2:file:" + root.resolve("trial/wallwhale");
        try (Closeable server = new FolderLocks(new DataFolder(settings())).join("one")) {
            assertThat(server).isNotNull();
            assertThat(commands.run(new Restore(settings("wallwhale.db.url", elsewhere)), backup.toString())).isEqualTo(3);
            assertThat(commands.err()).contains("is in use by a running server (one)", "copy its secrets/ and folder-id into an empty folder");
            assertThat(root.resolve("trial")).doesNotExist();
        }
        assertThat(commands.run(new Restore(settings("wallwhale.db.url", elsewhere)), backup.toString())).as(commands.err()).isZero();
        assertThat(commands.out()).contains("The folder belongs to this database now");
        Path taken = Files.createFile(root.resolve("taken"));
        assertThat(commands.run(new Restore(settings("wallwhale.data-dir", taken.toString())), backup.toString())).isEqualTo(3);
        assertThat(commands.err()).contains("taken", "name a folder in WALLWHALE_DATA_DIR");
    }

    @Test
    void aDatabaseThatGoesAwayInTheMiddleIsNotReachable() {
        RuntimeException late = new RuntimeException("of a library", new SQLException("gone", "08006"));
        assertThat(Backup.failure(late, "")).isInstanceOfSatisfying(CommandFailure.class, failure -> {
            assertThat(failure.exitCode()).isEqualTo(CommandFailure.NOT_REACHABLE);
            assertThat(failure).hasMessageContaining("gone");
        });
        RuntimeException other = new IllegalArgumentException("a fault of ours");
        assertThat(Backup.failure(other, "")).isSameAs(other);
    }

    private Connection connection() throws SQLException {
        return WallwhaleDataSource.open(new DatabaseConfig(settings())).getConnection();
    }

    private Settings settings(String... change) {
        Map<String, String> changes = new HashMap<>(Map.of("wallwhale.data-dir", root.resolve("data").toString()));
        if (change.length > 0) {
            changes.put(change[0], change[1]);
        }
        return Commands.settings(changes);
    }
}
