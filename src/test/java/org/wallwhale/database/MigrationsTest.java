package org.wallwhale.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
