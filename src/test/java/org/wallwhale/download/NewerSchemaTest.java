package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.database.TestDatabase;

/** While instances are replaced one by one, those that still run, or start once more, meet a schema that a newer one made. */
class NewerSchemaTest {
    private static final List<String> NEWER = List.of(
            "alter table downloads add colour varchar(9)", "alter table users add colour varchar(9)",
            "alter table attempts add shade integer default 0 not null", "create index downloads_by_colour on downloads (colour)",
            "create table colours (id uuid not null)", """
            insert into "flyway_schema_history" ("installed_rank", "version", "description", "type", "script", "checksum", "installed_by",
                "execution_time", "success") values (9999, '9999', 'colours', 'SQL', 'V9999__colours.sql', 1, 'newer', 1, true)""");
    @TempDir
    private Path folder;

    enum Kind {
        H2(TestDatabase::h2), POSTGRESQL(TestDatabase::postgreSql);

        private final Supplier<TestDatabase> fresh;

        Kind(Supplier<TestDatabase> fresh) {
            this.fresh = fresh;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOlderInstanceStartsAndWorksOnWhatANewerOneMigrated(Kind kind) throws SQLException {
        try (TestDatabase migrated = kind.fresh.get()) {
            try (Connection connection = migrated.dataSource().getConnection(); Statement statement = connection.createStatement()) {
                for (String change : NEWER) {
                    statement.execute(change);
                }
            }
            // migrates, as a start does
            TestDatabase older = new TestDatabase(migrated.dataSource());
            try (Beans beans = new Beans(older, Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.sandbox.enabled", "true"))) {
                Caller owner = Callers.of(beans.addUser(), "download:read", "download:write");
                beans.get(SubmitService.class).submit(new SubmitDownload("3000000000", "sandbox", null, null, null), owner);
                Claim claim = beans.get(ClaimService.class).claim(new Holder("older", "boot")).orElseThrow();
                assertThat(beans.get(ClaimService.class).fail(claim, new Failure("internal", "It broke.", "Look."), Optional.empty(), 1)).isTrue();
                assertThat(beans.get(DownloadService.class).get(claim.downloadId(), owner).status()).isEqualTo(Status.FAILED);
            }
        }
    }
}
