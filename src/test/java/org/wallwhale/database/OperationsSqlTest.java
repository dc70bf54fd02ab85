package org.wallwhale.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements that docs/operations.md gives to operators of PostgreSQL, on a real one. */
class OperationsSqlTest {
    private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    private static final int LINES = 200;
    @TempDir
    private Path disk;
    private TestDatabase database;
    private Connection connection;
    private Statement sql;

    @BeforeEach
    void connect() throws SQLException {
        database = TestDatabase.postgreSql();
        connection = database.dataSource().getConnection();
        sql = connection.createStatement();
        UUID user = database.addUser();
        for (int i = 0; i < LINES; i++) {
            UUID download = UUID.randomUUID();
            sql.execute("""
                    insert into downloads (id, user_id, pubfile_id, app_id, source, priority, status, attempt, attempts_left, fence,
                        cancel_requested, log_seq, bytes_total, created_at, updated_at, completed_at)
                    values ('%s', '%s', '1', 1, 'STEAM', 0, 'SUCCESS', 1, 1, 1, false, 1, 10, now(), now(), now())""".formatted(download, user));
            log(download, 1);
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
        database.close();
    }

    private void log(UUID download, int seq) throws SQLException {
        sql.execute("insert into log_lines values ('%s', %d, 1, now(), 'LINE', 'text')".formatted(download, seq));
    }

    @Test
    void theRoleForReportsReadsThemAndNoSecret() throws Exception {
        sql.execute(block("create role reports"));
        try {
            sql.execute("set role reports");
            assertThat(one("select downloads from (" + block("date_trunc").replace(";", "") + ") r")).isEqualTo(LINES);
            for (String secret : List.of("select password_hash from users", "select hash from api_keys", "select * from steam_accounts",
                    "select * from sessions", "delete from downloads")) {
                assertThat(refusal(secret)).as(secret).isEqualTo("42501");
            }
        } finally {
            sql.execute("reset role; drop owned by reports; drop role reports");
        }
    }

    @Test
    void dividedLogLinesAreTheSameLines() throws Exception {
        Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rwx------"));
        String[] statements = block("partition by hash").split("(?=begin;\n)", 2);
        sql.execute(statements[0].replace("/mnt/second/postgresql", disk.toString()));
        try {
            sql.execute(statements[1]);
            assertThat(one("select count(*) from log_lines")).isEqualTo(LINES);
            assertThat(one("select count(distinct tableoid) from log_lines")).isEqualTo(4);
            UUID download = UUID.fromString(text("select id from downloads limit 1"));
            log(download, 2);
            assertThat(refusal("insert into log_lines values ('%s', 2, 1, now(), 'LINE', 'again')".formatted(download))).isEqualTo("23505");
            assertThat(refusal("insert into log_lines values ('%s', 1, 1, now(), 'LINE', 'of none')".formatted(UUID.randomUUID())))
                    .isEqualTo("23503");
            sql.execute("delete from downloads where id = '" + download + "'");
            assertThat(one("select count(*) from log_lines")).isEqualTo(LINES - 1);
            Database.migrate(database.dataSource());
        } finally {
            sql.execute("drop table if exists log_lines cascade");
            sql.execute("drop tablespace second");
        }
    }

    private static String block(String with) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("docs/operations.md"))).results().map(found -> found.group(1))
                .filter(block -> block.contains(with)).findFirst().orElseThrow();
    }

    private long one(String query) throws SQLException {
        return Long.parseLong(text(query));
    }

    private String text(String query) throws SQLException {
        try (ResultSet result = sql.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    private String refusal(String statement) {
        try {
            sql.execute(statement);
            return "none";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
