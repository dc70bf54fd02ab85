package org.wallwhale.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.Beans;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.problem.ProblemException;

/** What the usage of keys promises on every database. */
abstract class UsageContract {
    private static final Instant NOON = Instant.parse("2026-03-31T12:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 31);
    private Beans beans;
    private UsageService usage;
    private UUID key;

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        beans = new Beans(open(), Map.of());
        usage = beans.get(UsageService.class);
        key = addKey();
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void callsAreAddedUpByUtcDayAndEndpoint() {
        UsageTally tally = new UsageTally();
        UsageWriter writer = new UsageWriter(tally, usage);
        tally.count(key, "GET /b", NOON);
        tally.count(key, "GET /a", NOON.plusSeconds(43_199));
        tally.count(key, "GET /a", NOON.plusSeconds(43_200));
        writer.write();
        tally.count(key, "GET /a", NOON);
        tally.count(addKey(), "GET /a", NOON);
        writer.write();
        writer.write();
        assertThat(usage.find(key, DAY, DAY.plusDays(1))).isEqualTo(new KeyUsage(List.of(new KeyUsage.Entry("2026-03-31", "GET /a", 2),
                new KeyUsage.Entry("2026-03-31", "GET /b", 1), new KeyUsage.Entry("2026-04-01", "GET /a", 1)), 4));
        assertThat(usage.find(key, DAY.plusDays(1), DAY.plusDays(9)).total()).isEqualTo(1);
        assertThat(usage.find(key, DAY.minusDays(9), DAY.minusDays(1)).usage()).isEmpty();
        assertThat(one("select request_count from api_keys where id = cast(?1 as uuid)")).isEqualTo("4");
        assertThat(one("select count(*) from api_keys where id = cast(?1 as uuid) and last_used_at = '2026-04-01 00:00:00+00'"))
                .as("an earlier call that is written later does not turn the time back").isEqualTo("1");
    }

    @Test
    void instancesThatWriteAtOnceLoseNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Void> instance : threads.invokeAll(IntStream.range(0, 40).<Callable<Void>>mapToObj(i -> () -> {
                UsageTally tally = new UsageTally();
                tally.count(key, "GET /a", NOON);
                tally.count(key, "GET /" + i % 3, NOON);
                new UsageWriter(tally, usage).write();
                assertThat(tally.take()).isEmpty();
                return null;
            }).toList())) {
                instance.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(usage.find(key, DAY, DAY).total()).isEqualTo(80);
        assertThat(one("select request_count from api_keys where id = cast(?1 as uuid)")).isEqualTo("80");
    }

    @Test
    void aWriteThatFailsKeepsTheCountsForTheNextOne() {
        UsageTally tally = new UsageTally();
        UsageWriter writer = new UsageWriter(tally, usage);
        UUID other = addKey();
        tally.count(key, "GET /a", NOON);
        tally.count(other, "GET /a", NOON);
        sql("alter table key_usage rename to elsewhere");
        writer.write();
        tally.count(key, "GET /a", NOON);
        writer.write();
        sql("alter table elsewhere rename to key_usage");
        writer.write();
        assertThat(usage.find(key, DAY, DAY).total()).isEqualTo(2);
        assertThat(usage.find(other, DAY, DAY).total()).isEqualTo(1);
        assertThat(one("select request_count from api_keys where id = cast(?1 as uuid)")).isEqualTo("2");
    }

    @Test
    void callsOfAKeyThatIsGoneHoldNobodyUp() {
        UsageTally tally = new UsageTally();
        tally.count(UUID.randomUUID(), "GET /a", NOON);
        tally.count(key, "GET /a", NOON);
        new UsageWriter(tally, usage).write();
        assertThat(usage.find(key, DAY, DAY).total()).isEqualTo(1);
        assertThat(tally.take()).isEmpty();
        assertThatThrownBy(() -> usage.find(UUID.randomUUID(), DAY, DAY)).isInstanceOf(ProblemException.class);
    }

    @Test
    void oldDaysAreForgotten() {
        UsageTally tally = new UsageTally();
        tally.count(key, "GET /a", Instant.parse("2020-01-01T00:00:00Z"));
        tally.count(key, "GET /a", Instant.now());
        new UsageWriter(tally, usage).write();
        assertThat(usage.dropSome()).isFalse();
        assertThat(usage.find(key, LocalDate.EPOCH, LocalDate.of(9999, 12, 31)).total()).isEqualTo(1);
    }

    @Test
    void theTallyIsBoundedAndLeavesNoCallOut() {
        UsageTally tally = new UsageTally();
        int calls = UsageTally.MOST + 500;
        for (int i = 0; i < calls; i++) {
            tally.count(key, "GET /" + i, NOON);
        }
        Map<Use, UsageTally.Count> taken = tally.take();
        assertThat(taken).hasSize(UsageTally.MOST + 1);
        assertThat(taken.values().stream().mapToLong(UsageTally.Count::requests).sum()).isEqualTo(calls);
    }

    private UUID addKey() {
        UUID id = UUID.randomUUID();
        sql("insert into api_keys (id, user_id, name, kind, prefix, last_four, hash, scopes, active, created_at) values ('" + id + "', '"
                + beans.addUser() + "', 'k', 'live', 'p', 'four', '" + id + "', 'download:*', true, current_timestamp)");
        return id;
    }

    private String one(String query) {
        try {
            return beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(query).setParameter(1, key.toString())
                    .getSingleResult().toString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void sql(String statement) {
        try {
            beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(statement).executeUpdate());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
