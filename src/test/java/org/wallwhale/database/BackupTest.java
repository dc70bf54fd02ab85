package org.wallwhale.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.KeyFile;
import org.wallwhale.config.Settings;

/** From each kind of database to each, with real ones. */
class BackupTest {
    private static final KeyFile KEY = new KeyFile("one-key", "all is lost");
    private static final String OWNER = "00000000-0000-4000-8000-000000000001";
    @TempDir
    private Path root;
    private DataFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = folder("data");
    }

    @Test
    void allRowsOfOneKindComeBackOnTheOther() throws Exception {
        for (boolean fromH2 : new boolean[] {true, false}) {
            DataSource source = fromH2 ? h2() : postgreSql();
            DataSource target = fromH2 ? postgreSql() : h2();
            fill(source);
            Map<String, List<String>> before = rows(source);
            BackupContents contents = DatabaseRestore.restore(backup(source), target, folder, List.of(KEY));
            assertSame(rows(target), before);
            assertThat(contents.rows()).containsEntry("downloads", 2L).containsEntry("api_keys", 3L).containsEntry("log_lines", 501L);
            // a server starts on it
            Database.migrate(target);
            Database.confirmFolder(target, folder, List.of(KEY));
        }
    }

    @Test
    void aFolderBelongsToTheLastDatabaseThatWasRestoredWithItAlone() throws Exception {
        DataSource source = h2();
        fill(source);
        Path backup = backup(source);
        DataSource trial = postgreSql();
        DataFolder other = folder("other");
        Files.createDirectories(other.secretFile("one-key").getParent());
        Files.copy(folder.secretFile("one-key"), other.secretFile("one-key"));
        Files.copy(folder.idFile(), other.idFile());
        DatabaseRestore.restore(backup, trial, other, List.of(KEY));
        Database.confirmFolder(source, folder, List.of(KEY));
        Database.confirmFolder(trial, other, List.of(KEY));
        assertThatThrownBy(() -> Database.confirmFolder(trial, folder, List.of(KEY))).hasMessageContaining("/data/database-id says that this folder belongs");
        DataSource target = h2();
        DatabaseRestore.restore(backup, target, folder, List.of(KEY));
        assertThatThrownBy(() -> Database.confirmFolder(source, folder, List.of(KEY))).hasMessageContaining("/data/database-id says that this folder belongs");
        Database.confirmFolder(target, folder, List.of(KEY));
        Database.confirmFolder(trial, other, List.of(KEY));
    }

    @Test
    void aFolderThatCannotBeWrittenToIsStillTheOtherDatabasesAndItIsSaidWhatToDo() throws Exception {
        DataSource source = h2();
        fill(source);
        Path backup = backup(source);
        DataSource target = h2();
        Path file = folder.databaseFile();
        byte[] before = Files.readAllBytes(file);
        // nothing is renamed over a folder that is not empty
        Files.delete(file);
        Files.createDirectories(file.resolve("in the way"));
        assertThatThrownBy(() -> DatabaseRestore.restore(backup, target, folder, List.of(KEY))).isInstanceOf(UnfinishedRestoreException.class)
                .hasMessageContaining("All rows are restored, but " + file).hasMessageContaining("delete that file, and start the server");
        Files.delete(file.resolve("in the way"));
        Files.delete(file);
        Files.write(file, before);
        Database.confirmFolder(source, folder, List.of(KEY));
        assertThatThrownBy(() -> Database.confirmFolder(target, folder, List.of(KEY))).hasMessageContaining("or the restore broke off, delete this file.");
        Files.delete(file);
        Database.confirmFolder(target, folder, List.of(KEY));
        assertThatThrownBy(() -> Database.confirmFolder(source, folder, List.of(KEY))).hasMessageContaining("belongs to another database");
    }

    @Test
    void aBackupSeesOneMoment() throws Exception {
        DataSource source = postgreSql();
        fill(source);
        Path backup = root.resolve("moving.zip");
        try (var out = new MovingOutput(Files.newOutputStream(backup), () -> execute(source, "insert into users (id, email, password_hash, role, "
                + "active, created_at) values ('" + UUID.randomUUID() + "', '" + UUID.randomUUID() + "', 'x', 'USER', true, current_timestamp)"))) {
            BackupContents contents = DatabaseBackup.write(source, out);
            assertThat(contents.rows()).containsEntry("users", 1L);
        }
        assertThat(rows(source).get("users")).hasSizeGreaterThan(1);
    }

    @Test
    void otherKeysOrAnotherFolderAreRefusedAndNothingIsLeft() throws Exception {
        DataSource source = h2();
        fill(source);
        Path backup = backup(source);
        for (DataSource target : List.of(h2(), postgreSql())) {
            assertThatThrownBy(() -> DatabaseRestore.restore(backup, target, folder("fresh"), List.of(KEY)))
                    .hasMessageContaining("fresh/folder-id").hasMessageContaining("fresh/secrets/one-key").hasMessageContaining("Put the folder's own");
            assertThat(rows(target)).isEmpty();
            assertThat(root.resolve("fresh")).doesNotExist();
            DatabaseRestore.restore(backup, target, folder, List.of(KEY));
        }
    }

    @Test
    void aDatabaseInUseAndThatOfAnotherProgramAreLeftAlone() throws Exception {
        DataSource source = h2();
        fill(source);
        Path backup = backup(source);
        Map<String, List<String>> before = rows(source);
        assertThatThrownBy(() -> DatabaseRestore.restore(backup, source, folder, List.of(KEY))).hasMessageContaining("The database is in use");
        assertThat(rows(source)).isEqualTo(before);
        for (DataSource other : List.of(h2(), postgreSql())) {
            execute(other, "create table theirs (id integer primary key)");
            execute(other, "insert into theirs (id) values (1)");
            assertThatThrownBy(() -> DatabaseRestore.restore(backup, other, folder, List.of(KEY))).hasMessageContaining("tables of another program, such as theirs");
            assertThat(rows(other)).containsOnlyKeys("theirs");
        }
    }

    @Test
    void nothingOfAnotherProgramIsLostInASchemaThatHasMigrations() throws Exception {
        DataSource source = h2();
        fill(source);
        Path backup = backup(source);
        for (DataSource shared : List.of(h2(), postgreSql())) {
            Database.migrate(shared);
            execute(shared, "create table theirs (id integer primary key)");
            execute(shared, "insert into theirs (id) values (1)");
            assertThatThrownBy(() -> DatabaseRestore.restore(backup, shared, folder, List.of(KEY))).hasMessageContaining("such as theirs");
            assertThat(rows(shared).get("theirs")).hasSize(1);
        }
        for (DataSource other : List.of(h2(), postgreSql())) {
            Database.flyway(other, MigrationVersion.fromVersion("2")).migrate();
            execute(other, "update \"flyway_schema_history\" set \"checksum\" = 1 where \"version\" = '2'");
            Map<String, List<String>> before = rows(other);
            assertThatThrownBy(() -> DatabaseRestore.restore(backup, other, folder, List.of(KEY))).hasMessageContaining("of another program");
            assertThat(rows(other)).isEqualTo(before);
        }
        DataSource view = postgreSql();
        execute(view, "create view theirs as select 1 as one");
        assertThatThrownBy(() -> DatabaseRestore.restore(backup, view, folder, List.of(KEY))).hasMessageContaining("such as theirs");
        execute(view, "select one from theirs");
    }

    @Test
    void aSchemaThatWasThereStaysWhenTheRestoreFails() throws Exception {
        DataSource source = h2();
        fill(source);
        Path backup = backup(source);
        DataSource unused = postgreSql();
        Database.migrate(unused);
        Map<String, List<String>> before = rows(unused);
        assertThatThrownBy(() -> DatabaseRestore.restore(backup, unused, folder("fresh"), List.of(KEY))).hasMessageContaining("fresh/folder-id");
        assertThat(rows(unused)).isEqualTo(before);
    }

    @Test
    void whatRanThenIsNotTakenForRunningNow() throws Exception {
        DataSource source = h2();
        fill(source);
        execute(source, "insert into instances (id, boot_id, version, address, slots, running, started_at, seen_at) values ('i', 'b', '1', 'a', 1, 1, "
                + "current_timestamp, current_timestamp)");
        execute(source, "update downloads set status = 'RUNNING', instance_id = 'i', boot_id = 'b', child_pid = 4711, child_started_at = current_timestamp, "
                + "lease_until = current_timestamp where id = '" + id(11) + "'");
        DataSource target = postgreSql();
        DatabaseRestore.restore(backup(source), target, folder, List.of(KEY));
        assertThat(rows(target).get("instances")).isEmpty();
        assertThat(rows(target).get("downloads")).hasSize(2).allMatch(row -> row.contains("child_pid=null") && row.contains("child_started_at=null"))
                .anyMatch(row -> row.contains("status=RUNNING") && row.contains("instance_id=i"));
    }

    @Test
    void anEmptySchemaIsTakenAndAnOlderBackupToo() throws Exception {
        DataSource old = h2();
        Database.flyway(old, MigrationVersion.fromVersion("19")).migrate();
        Database.confirmFolder(old, folder, List.of(KEY));
        execute(old, insertUser());
        Path backup = backup(old);
        DataSource empty = postgreSql();
        Database.flyway(empty, MigrationVersion.fromVersion("10")).migrate();
        assertThat(DatabaseRestore.restore(backup, empty, folder, List.of(KEY)).schemaVersion()).isEqualTo("19");
        Database.migrate(empty);
        assertThat(rows(empty).get("users")).hasSize(1);
        DataSource newer = postgreSql();
        Database.migrate(newer);
        assertThatThrownBy(() -> DatabaseRestore.restore(backup, newer, folder, List.of(KEY))).hasMessageContaining("newer than the backup's 19");
    }

    @Test
    void whatIsNoWholeBackupOfThisProgramIsRefusedAndNothingIsLeft() throws Exception {
        DataSource source = h2();
        fill(source);
        Path backup = backup(source);
        Map<Path, String> wrong = Map.of(
                Files.write(root.resolve("half.zip"), Arrays.copyOf(Files.readAllBytes(backup), (int) Files.size(backup) / 2)), "is no whole backup",
                changed(backup, "backup.json", text -> text.replaceAll("\"schemaVersion\":\"\\d+\"", "\"schemaVersion\":\"9999\"")), "newer than this program's",
                changed(backup, "backup.json", text -> text.replace("\"format\":1", "\"format\":2")), "no backup that this program can read",
                changed(backup, "tables/log_lines.ndjson", text -> text.substring(0, text.lastIndexOf('[', text.length() - 2))),
                "500 rows of log_lines instead of 501",
                changed(backup, "tables/users.ndjson", text -> text.replace("\"email\"", "\"email; drop table users\"")),
                "columns of users that its schema has not",
                changed(backup, "tables/users.ndjson", text -> null), "no rows of users");
        DataSource target = h2();
        wrong.forEach((file, sentence) -> {
            assertThatThrownBy(() -> DatabaseRestore.restore(file, target, folder, List.of(KEY))).as(sentence).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(sentence);
            assertThat(rows(target)).as(sentence).isEmpty();
        });
        DatabaseRestore.restore(backup, target, folder, List.of(KEY));
    }

    @Test
    void aBackupThatDoesNotSayWhatIsInItIsDamaged() throws Exception {
        DataSource source = h2();
        fill(source);
        Path backup = backup(source);
        Map<Path, String> wrong = new LinkedHashMap<>();
        Map.of("null", "in backup.json", "\"abc\"", "in backup.json", "\"1\"", "its schema 1 has not", "\"20\"", "a schema 20 that there never was")
                .forEach((version, sentence) -> wrong.put(changed(backup, "backup.json", text -> text.replaceAll("\"schemaVersion\":\"\\d+\"",
                        "\"schemaVersion\":" + version)), sentence));
        wrong.put(changed(backup, "backup.json", text -> text.replaceAll("\"users\":1", "\"users\":null")), "in backup.json");
        wrong.put(changed(backup, "backup.json", text -> text.replaceAll("\"rows\":\\{.*?}", "\"rows\":[1]")), "no backup that this program can read");
        wrong.put(changed(backup, "backup.json", text -> "[]"), "no backup that this program can read");
        refuse(wrong, h2());
    }

    /** On a schema that is there already, which is a matter of less time. */
    @Test
    void aBackupWithRowsThatAreNoneIsDamaged() throws Exception {
        DataSource source = h2();
        fill(source);
        Path backup = backup(source);
        Map<Path, String> wrong = new LinkedHashMap<>();
        String users = "tables/users.ndjson";
        wrong.put(changed(backup, users, text -> ""), "something else than rows of users");
        wrong.put(changed(backup, users, text -> text.lines().findFirst().orElseThrow() + "\nnull\n"), "something else than rows of users");
        wrong.put(changed(backup, users, text -> text.lines().findFirst().orElseThrow() + "\n[\"short\"]\n"), "a row of users with 1 values");
        wrong.put(changed(backup, users, text -> text.replace("\"a@example.org\"", "[1]")), "a value of users.email");
        wrong.put(changed(backup, users, text -> text.replace(",true", ",\"yes\"")), "a value of users.");
        wrong.put(changed(backup, users, text -> text.replace(OWNER, "no id")), "a value of users.id");
        wrong.put(changed(backup, users, text -> text.replace("2026-01-31T", "2026-13-31T")), "a value of users.created_at");
        wrong.put(changed(backup, users, text -> text.replace("\"a@example.org\"", "null")), "rows of users that no database of this program has");
        wrong.put(changed(backup, users, text -> text.replaceFirst("(\\[.*?)\"[a-z_]+\"", "$1\"role\"")), "not all columns of users");
        wrong.put(changed(backup, "tables/key_usage.ndjson", text -> text.replace("9007199254740993", "1.5")), "a value of key_usage.requests");
        wrong.put(otherBytes(backup), "other rows of users than were written");
        for (DataSource target : List.of(h2(), postgreSql())) {
            Database.migrate(target);
            refuse(wrong, target);
            DatabaseRestore.restore(backup, target, folder, List.of(KEY));
        }
    }

    private void refuse(Map<Path, String> wrong, DataSource target) {
        Map<String, List<String>> before = rows(target);
        wrong.forEach((file, sentence) -> {
            assertThatThrownBy(() -> DatabaseRestore.restore(file, target, folder, List.of(KEY))).as(sentence)
                    .isExactlyInstanceOf(IllegalStateException.class).hasMessageContaining(sentence).hasMessageContaining("take ");
            assertThat(rows(target)).as(sentence).isEqualTo(before);
        });
    }

    /** A letter is another one, as on a disk that forgets. */
    private Path otherBytes(Path backup) throws IOException {
        Path file = root.resolve(UUID.randomUUID() + ".zip");
        try (ZipFile from = new ZipFile(backup.toFile()); ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
            to.setMethod(ZipOutputStream.STORED);
            for (ZipEntry each : from.stream().toList()) {
                ZipEntry plain = new ZipEntry(each.getName());
                plain.setSize(each.getSize());
                plain.setCrc(each.getCrc());
                to.putNextEntry(plain);
                from.getInputStream(each).transferTo(to);
            }
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text).containsOnlyOnce("a@example.org");
        return Files.writeString(file, text.replace("a@example.org", "b@example.org"), StandardCharsets.ISO_8859_1);
    }

    @Test
    void withoutAServersDatabaseThereIsNothingToBackUp() {
        assertThatThrownBy(() -> DatabaseBackup.write(h2(), new ByteArrayOutputStream())).hasMessageContaining("nothing was ever started on it");
    }

    private static void assertSame(Map<String, List<String>> rows, Map<String, List<String>> expected) {
        assertThat(rows.keySet()).isEqualTo(expected.keySet());
        rows.forEach((table, found) -> assertThat(found).as(table).hasSameSizeAs(expected.get(table)).filteredOn(row -> !row.contains("name=database"))
                .isSubsetOf(expected.get(table)));
    }

    private void fill(DataSource database) {
        Database.migrate(database);
        // all of them are taken for the database of this folder
        execute(database, "update key_fingerprints set fingerprint = '" + folderId() + "' where name = 'data-folder'");
        folder.databaseFile().toFile().delete();
        Database.confirmFolder(database, folder, List.of(KEY));
        execute(database, insertUser());
        for (int i = 3; i > 0; i--) {
            execute(database, "insert into api_keys (id, user_id, name, kind, prefix, last_four, hash, scopes, active, created_at) values ("
                    + "'" + id(i) + "', '" + OWNER + "', 'Größe 壁紙 \"' || chr(10) || 'x\\y', 'live', 'ww', 'abcd', 'h" + i + "', 's', " + (i > 1)
                    + ", timestamp with time zone '2026-01-31 12:34:56.123456+02')");
        }
        // of each other, in the order in which they were not inserted
        execute(database, "update api_keys set made_by_key = '" + id(2) + "' where id = '" + id(3) + "'");
        execute(database, "update api_keys set made_by_key = '" + id(1) + "' where id = '" + id(2) + "'");
        execute(database, "insert into key_usage (key_id, utc_day, endpoint, requests) values ('" + id(1)
                + "', date '2026-02-28', 'GET /x', 9007199254740993)");
        for (int i = 1; i < 3; i++) {
            execute(database, "insert into downloads (id, user_id, api_key_id, pubfile_id, app_id, source, priority, status, attempt, attempts_left, fence, "
                    + "cancel_requested, log_seq, created_at, updated_at) values ('" + id(10 + i) + "', '" + OWNER + "', '" + id(3)
                    + "', '18446744073709551614', 431960, 'STEAM', 0, 'QUEUED', 0, 3, 0, false, 0, current_date, current_date)");
        }
        execute(database, "update downloads set parent_id = '" + id(12) + "' where id = '" + id(11) + "'");
        execute(database, "insert into log_lines (download_id, seq, attempt, kind, text, written_at) values " + IntStream.range(0, 501)
                .mapToObj(i -> "('" + id(11) + "', " + i + ", 1, 'LINE', 'line " + i + "', timestamp with time zone '2026-01-31 12:34:56+00')")
                .collect(Collectors.joining(", ")));
        execute(database, "update downloads set created_at = timestamp with time zone '2026-01-31 12:34:56+00', updated_at = created_at");
        execute(database, "update downloads set updated_at = created_at");
    }

    private String folderId() {
        try {
            return folder.id().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String insertUser() {
        return "insert into users (id, email, password_hash, role, active, created_at) values ('" + OWNER
                + "', 'a@example.org', 'x', 'USER', true, timestamp with time zone '2026-01-31 12:34:56+00')";
    }

    private static String id(int number) {
        return String.format("00000000-0000-4000-8000-0000000001%02d", number);
    }

    private Path backup(DataSource source) throws SQLException, IOException {
        Path file = root.resolve(UUID.randomUUID() + ".zip");
        try (var out = Files.newOutputStream(file)) {
            DatabaseBackup.write(source, out);
        }
        return file;
    }

    /** With another text in an entry, or without it. */
    private Path changed(Path backup, String entry, UnaryOperator<String> change) {
        Path file = root.resolve(UUID.randomUUID() + ".zip");
        try (ZipFile from = new ZipFile(backup.toFile()); ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry each : from.stream().toList()) {
                String text = new String(from.getInputStream(each).readAllBytes(), StandardCharsets.UTF_8);
                String changed = each.getName().equals(entry) ? change.apply(text) : text;
                if (changed != null) {
                    to.putNextEntry(new ZipEntry(each.getName()));
                    to.write(changed.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** All of them as text, the same on each kind. */
    private static Map<String, List<String>> rows(DataSource database) {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            Map<String, List<String>> rows = new TreeMap<>();
            for (BackupTable table : BackupTable.all(connection)) {
                List<String> found = new ArrayList<>();
                try (ResultSet result = statement.executeQuery(table.select())) {
                    while (result.next()) {
                        Map<String, Object> row = new TreeMap<>();
                        int place = 1;
                        for (Map.Entry<String, BackupTable.Type> column : table.columns().entrySet()) {
                            row.put(column.getKey(), String.valueOf(column.getValue().read(result, place++)));
                        }
                        found.add(row.toString());
                    }
                }
                found.sort(null);
                rows.put(table.name(), found);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(DataSource database, String sql) {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static DataSource h2() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return h2;
    }

    private static DataSource postgreSql() {
        Map<String, String> settings = Map.of("wallwhale.db.url", TestPostgres.newDatabase(), "wallwhale.db.user", TestPostgres.USER,
                "wallwhale.data-dir", "target");
        return WallwhaleDataSource.open(new DatabaseConfig(new Settings(key -> Optional.ofNullable(settings.get(key)))));
    }

    private DataFolder folder(String name) {
        return new DataFolder(new Settings(key -> Optional.of(root.resolve(name).toString())));
    }

    /** Something happens whenever bytes are written. */
    private static final class MovingOutput extends FilterOutputStream {
        private final Runnable move;

        MovingOutput(OutputStream out, Runnable move) {
            super(out);
            this.move = move;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                move.run();
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
