package org.wallwhale.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.cluster.ListeningInstance.await;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.database.DatabaseLine;
import org.wallwhale.database.TestPostgres;

/** Two instances of one real PostgreSQL. */
class NotifierTest {
    @TempDir
    private Path data;
    private String address;
    private ListeningInstance one;
    private ListeningInstance two;

    @BeforeEach
    void start() {
        address = TestPostgres.newDatabase();
        one = new ListeningInstance(data, "one", address, null);
        two = new ListeningInstance(data, "two", address, null);
        await("both listen", () -> !one.heard(NewsMissed.class).isEmpty() && !two.heard(NewsMissed.class).isEmpty());
    }

    @AfterEach
    void stop() throws InterruptedException {
        one.close();
        two.close();
    }

    @Test
    void whatOneTellsTheOtherHearsAndNobodyElse() {
        one.notifier().tell("download", "a b");
        one.notifier().tell("queue", "");
        await("two hears", () -> two.texts("queue").count() == 1);
        assertThat(two.texts("download")).containsExactly("a b");
        two.notifier().tell("callers", "");
        await("one hears", () -> one.texts("callers").count() == 1);
        assertThat(one.heard(Notified.class)).as("nothing of its own").hasSize(1);
        ListeningInstance stranger = new ListeningInstance(data, "three", TestPostgres.newDatabase(), null);
        try (stranger) {
            await("it listens", () -> !stranger.heard(NewsMissed.class).isEmpty());
            one.notifier().tell("queue", "");
            await("two hears", () -> two.texts("queue").count() == 2);
            assertThat(stranger.heard(Notified.class)).as("of another database").isEmpty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFloodArrivesWholeAndInFewNotifications() {
        List<String> all = IntStream.range(0, 1_500).mapToObj(i -> UUID.randomUUID() + " " + UUID.randomUUID()).toList();
        all.forEach(text -> one.notifier().tell("download", text));
        await("two hears all", () -> two.texts("download").count() == all.size());
        assertThat(two.texts("download")).containsExactlyElementsOf(all);
        assertThat(two.heard(Notified.class)).hasSizeLessThan(40);
    }

    @Test
    void aLostConnectionIsAsIfEverythingHadChangedOnBothSides() throws SQLException {
        one.forgetWhatWasHeard();
        two.forgetWhatWasHeard();
        assertThat(cutOneListener()).isOne();
        await("both know that something may be missing",
                () -> !one.heard(NewsMissed.class).isEmpty() && !two.heard(NewsMissed.class).isEmpty());
        one.notifier().tell("queue", "");
        two.notifier().tell("queue", "");
        await("both hear again", () -> one.texts("queue").count() == 1 && two.texts("queue").count() == 1);
    }

    @Test
    void anInstanceKnowsWhetherItListens() throws SQLException, InterruptedException {
        await("both do", () -> one.notifier().isListening() && two.notifier().isListening());
        cutOneListener();
        await("one does not", () -> !one.notifier().isListening() || !two.notifier().isListening());
        await("both do again", () -> one.notifier().isListening() && two.notifier().isListening());
        one.close();
        assertThat(one.notifier().isListening()).isFalse();
    }

    @Test
    void halfAMessageIsGivenUpWithItsConnection() throws Exception {
        URI database = URI.create(address.substring("jdbc:".length()));
        try (DatabaseLine line = new DatabaseLine(database.getPort());
                ListeningInstance three = new ListeningInstance(data, "three", "jdbc:postgresql://127.0.0.1:" + line.port() + database.getPath(), null)) {
            await("it listens", () -> !three.heard(NewsMissed.class).isEmpty());
            line.tear();
            one.notifier().tell("queue", "");
            await("two has the message", () -> two.texts("queue").count() == 1);
            await("it gives up", () -> {
                three.notifier().breakIfStuck(Duration.ofSeconds(1));
                return line.connections() == 0;
            });
            line.mend();
            await("it listens again", () -> three.heard(NewsMissed.class).size() == 2);
        }
    }

    @Test
    void whatIsToldBeforeTheEndIsSent() throws InterruptedException {
        one.notifier().tell("queue", "");
        one.close();
        await("two hears", () -> two.texts("queue").count() == 1);
    }

    @Test
    void whileTheDatabaseIsAwayNothingPilesUpAndTheEndDoesNotWait() throws InterruptedException {
        ListeningInstance lonely = new ListeningInstance(data, "lonely", "jdbc:postgresql://127.0.0.1:1/nothing", null);
        IntStream.range(0, 100_000).forEach(i -> lonely.notifier().tell("download", String.valueOf(i)));
        lonely.close();
        assertThat(lonely.heard(NewsMissed.class)).isEmpty();
    }

    @Test
    void onH2NobodyListens() throws InterruptedException {
        ListeningInstance alone = new ListeningInstance(data, "alone", "jdbc:h2:file:" + data.resolve("h2"), null);
        await("it ends by itself", () -> !alone.isListening());
        alone.notifier().tell("queue", "");
        assertThat(alone.heard(Object.class)).isEmpty();
    }

    /** How many were cut. */
    private int cutOneListener() throws SQLException {
        try (Connection connection = DriverManager.getConnection(address, TestPostgres.USER, null);
                Statement statement = connection.createStatement();
                ResultSet cut = statement.executeQuery("select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity "
                        + "where datname = current_database() and pid <> pg_backend_pid() limit 1) one")) {
            cut.next();
            return cut.getInt(1);
        }
    }
}
