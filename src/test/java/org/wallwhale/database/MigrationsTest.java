package org.wallwhale.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/**
 * Migrations only add, and nothing that the version before could not live with: while instances are replaced one by one, old code
 * runs on the new schema.
 */
class MigrationsTest {
    private static final Path FOLDER = Path.of("src", "main", "resources", "db", "migration");
    private static final Pattern NEW_THING = Pattern.compile("(create (table|view|index) .*)|(insert into .*)");
    /** Old code does not name the column when it inserts a row. */
    private static final Pattern COLUMN = Pattern.compile("alter table \\w+ add (?!constraint)\\w+ (?!.*not null)(?!.*unique).*"
            + "|alter table \\w+ add (?!constraint)\\w+ .* default .* not null");
    /** Rows of old code have null there, which nothing equals. */
    private static final Pattern CONSTRAINT = Pattern.compile("alter table \\w+ add constraint \\w+ unique \\((.*)\\)");

    @Test
    void everyMigrationOnlyAdds() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<Path> migrations = files.filter(file -> file.toString().endsWith(".sql")).toList();
            assertThat(migrations).hasSizeGreaterThan(10);
            for (Path migration : migrations) {
                String text = Files.readString(migration);
                assertThat(statements(text)).as(migration.toString()).isNotEmpty()
                        .allMatch(statement -> onlyAdds(statement, text), "only adds, in a way that old code can live with");
            }
        }
    }

    @Test
    void whatOldCodeCouldNotLiveWithIsFound() {
        assertThat(List.of("drop table users", "alter table users drop column email", "update users set role = 'USER'",
                "alter table users add colour varchar(9) not null", "alter table users alter column email set not null",
                "alter table users add colour varchar(9) unique", "create unique index u on users (email)",
                "alter table users rename to people", "delete from sessions", "alter table users add constraint c unique (email)"))
                .noneMatch(statement -> onlyAdds(statement, "alter table users add colour varchar(9);"));
        assertThat(List.of("alter table users add colour varchar(9)", "alter table users add n integer default 0 not null",
                "create table t (id uuid)", "alter table users add constraint c unique (colour)"))
                .allMatch(statement -> onlyAdds(statement, "alter table users add colour varchar(9);"));
    }

    /** Most tests on H2 run on a copy of what the migrations have made. */
    @Test
    void aCopyOfAMigratedDatabaseIsOne() throws SQLException {
        JdbcDataSource migrated = new JdbcDataSource();
        migrated.setURL("jdbc:h2:mem:migrated;DB_CLOSE_DELAY=-1");
        Database.migrate(migrated);
        try (TestDatabase copy = TestDatabase.h2()) {
            for (String what : List.of("table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity from information_schema.columns",
                    "table_name, constraint_name, constraint_type from information_schema.table_constraints",
                    "constraint_name, check_clause from information_schema.check_constraints",
                    "constraint_name, delete_rule, update_rule from information_schema.referential_constraints",
                    "table_name, constraint_name, column_name, ordinal_position from information_schema.key_column_usage")) {
                assertThat(rows(copy.dataSource(), what)).as(what).isNotEmpty().isEqualTo(rows(migrated, what));
            }
        }
    }

    private static Set<String> rows(DataSource database, String what) throws SQLException {
        String schema = what.startsWith("table_name") ? "table_schema" : "constraint_schema";
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select " + what + " where " + schema + " = 'PUBLIC'")) {
            Set<String> rows = new TreeSet<>();
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.append(found.getString(column)).append(' ');
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }

    private static boolean onlyAdds(String statement, String file) {
        var constraint = CONSTRAINT.matcher(statement);
        return NEW_THING.matcher(statement).matches() || COLUMN.matcher(statement).matches() || constraint.matches()
                && Arrays.stream(constraint.group(1).split(", ?")).allMatch(column -> file.contains(" add " + column + ' '));
    }

    private static List<String> statements(String file) {
        return Arrays.stream(file.replaceAll("(?m)--.*$", "").split(";"))
                .map(statement -> statement.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT))
                .filter(statement -> !statement.isEmpty()).toList();
    }
}
