package org.wallwhale.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.wallwhale.config.Settings;

class WallwhaleDataSourceTest {
    @Test
    void aPostgreSqlThatDoesNotAnswerHoldsNoThreadForEver() throws Exception {
        PGSimpleDataSource bounded = open("jdbc:postgresql://db/wallwhale");
        assertThat(bounded.getConnectTimeout()).isPositive();
        assertThat(bounded.getLoginTimeout()).isPositive();
        assertThat(bounded.getSocketTimeout()).isPositive();
        assertThat(bounded.getTcpKeepAlive()).isTrue();
    }

    @Test
    void theAddressHasTheLastWord() throws Exception {
        PGSimpleDataSource asTold = open("jdbc:postgresql://db/wallwhale?connectTimeout=7&loginTimeout=8&socketTimeout=0&tcpKeepAlive=false");
        assertThat(asTold.getConnectTimeout()).isEqualTo(7);
        assertThat(asTold.getLoginTimeout()).isEqualTo(8);
        assertThat(asTold.getSocketTimeout()).isZero();
        assertThat(asTold.getTcpKeepAlive()).isFalse();
    }

    /** Others wait for what an unfinished transaction locked, and an instance that stands still finishes none. */
    @Test
    void aTransactionThatNobodyGoesOnWithEndsSoonerThanALease() throws Exception {
        PGSimpleDataSource postgres = open(TestPostgres.newDatabase());
        postgres.setUser(TestPostgres.USER);
        try (Connection connection = postgres.getConnection(); ResultSet row = connection.createStatement()
                .executeQuery("select setting from pg_settings where name = 'idle_in_transaction_session_timeout'")) {
            row.next();
            assertThat(row.getInt(1)).as("milliseconds").isBetween(1, 11_999);
        }
        assertThat(open("jdbc:postgresql://db/wallwhale?options=-c%20work_mem=8MB").getOptions()).isEqualTo("-c work_mem=8MB");
    }

    private static PGSimpleDataSource open(String url) {
        Map<String, String> settings = Map.of("wallwhale.db.url", url, "wallwhale.data-dir", "target");
        return (PGSimpleDataSource) WallwhaleDataSource.open(new DatabaseConfig(new Settings(key -> Optional.ofNullable(settings.get(key)))));
    }
}
