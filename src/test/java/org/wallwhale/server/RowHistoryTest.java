package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.database.TestPostgres;

/** What {@link ChaosIT} calls a late write is seen as one. */
class RowHistoryTest {
    private final String database = TestPostgres.newDatabase();
    private Connection one;
    private Connection two;

    @BeforeEach
    void aDownloadThatOneHolds() throws SQLException {
        one = DriverManager.getConnection(database + "?ApplicationName=one", TestPostgres.USER, null);
        two = DriverManager.getConnection(database + "?ApplicationName=two", TestPostgres.USER, null);
        run(one, "create table downloads (id uuid, status text, fence bigint, instance_id text, lease_until timestamp with time zone)");
        RowHistory.begin(one);
        run(one, "insert into downloads values (gen_random_uuid(), 'RUNNING', 7, 'one', now() + interval '12 seconds')");
    }

    @AfterEach
    void close() throws SQLException {
        one.close();
        two.close();
    }

    @Test
    void whoHoldsItMayWrite() throws SQLException {
        run(one, "update downloads set status = 'SUCCESS', instance_id = null, lease_until = null");
        assertThat(RowHistory.forbidden(one)).isEmpty();
    }

    @Test
    void whatAnotherHoldsMayBeTakenUpAfterItsLeaseAndBeClaimedThen() throws SQLException {
        run(one, "update downloads set lease_until = now() - interval '1 second'");
        run(two, "update downloads set status = 'QUEUED', instance_id = null, lease_until = null");
        run(two, "update downloads set status = 'RUNNING', fence = 8, instance_id = 'two', lease_until = now() + interval '12 seconds'");
        assertThat(RowHistory.forbidden(one)).isEmpty();
        run(one, "update downloads set status = 'QUEUED'");
        assertThat(RowHistory.forbidden(one)).as("of one that woke").hasSize(1);
    }

    @Test
    void nothingMayBeTakenBeforeItsLeaseIsOver() throws SQLException {
        run(two, "update downloads set status = 'QUEUED', instance_id = null");
        assertThat(RowHistory.forbidden(one)).singleElement().asString().contains("two wrote to", "RUNNING of one by 7: QUEUED by 7");
    }

    @Test
    void nothingComesBackFromItsEndOrToALowerFence() throws SQLException {
        run(one, "update downloads set status = 'SUCCESS', instance_id = null");
        run(one, "update downloads set status = 'QUEUED'");
        run(one, "update downloads set fence = 6");
        assertThat(RowHistory.forbidden(one)).hasSize(2);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
