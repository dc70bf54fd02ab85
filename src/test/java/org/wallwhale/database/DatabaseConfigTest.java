package org.wallwhale.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.config.Settings;

class DatabaseConfigTest {
    @Test
    void withoutAnAddressItIsAnH2FileInTheDataFolder() {
        DatabaseConfig config = new DatabaseConfig(settings(Map.of("wallwhale.data-dir", "/srv/whale")));
        assertThat(config.url()).startsWith("jdbc:h2:file:/srv/whale/wallwhale;");
        assertThat(config.isH2()).isTrue();
        assertThat(config.isPostgreSql()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";WRITE_DELAY=500", ";write_delay=500;MODE=PostgreSQL", ";MODE=PostgreSQL;Write_Delay=1",
        ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=TRUE"})
    void whateverTheAddressSaysH2WritesAtOnce(String options) {
        Settings settings = settings(Map.of("wallwhale.data-dir", "target", "wallwhale.db.url", "jdbc:h2:file:/srv/x" + options));
        String url = new DatabaseConfig(settings).url();
        assertThat(url).endsWith(";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE").containsOnlyOnce("WRITE_DELAY")
                .containsOnlyOnce("DB_CLOSE_ON_EXIT")
                .doesNotContainIgnoringCase("write_delay=500").doesNotContainIgnoringCase("write_delay=1");
        assertThat(url.contains("MODE=PostgreSQL")).isEqualTo(options.contains("MODE"));
    }

    @Test
    void theDataFoldersH2WritesAtOnceToo() {
        assertThat(new DatabaseConfig(settings(Map.of("wallwhale.data-dir", "target"))).url())
                .endsWith(";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }

    @Test
    void anAddressOfPostgreSqlIsTakenAsItIs() {
        DatabaseConfig config = new DatabaseConfig(settings(Map.of("wallwhale.db.url", "jdbc:postgresql://db/whale?ssl=true",
                "wallwhale.db.user", "whale", "wallwhale.db.password", "s3cret")));
        assertThat(config.url()).isEqualTo("jdbc:postgresql://db/whale?ssl=true");
        assertThat(config.isPostgreSql()).isTrue();
        assertThat(config.user()).contains("whale");
        assertThat(config.password().orElseThrow()).hasToString("***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://db/whale", "JDBC:H2:file:/srv/x;WRITE_DELAY=500", "postgresql://db/whale"})
    void anotherDatabaseIsAFault(String url) {
        Settings settings = settings(Map.of("wallwhale.db.url", url));
        new DatabaseConfig(settings);
        assertThat(settings.faults()).singleElement().asString().startsWith("WALLWHALE_DB_URL must start with jdbc:postgresql:");
    }

    private static Settings settings(Map<String, String> values) {
        return new Settings(key -> Optional.ofNullable(values.get(key)));
    }
}
