package org.wallwhale.download;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.wallwhale.access.Callers;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.store.CleanupStep;

/**
 * Prints what claiming and listing cost on PostgreSQL with 1,000 downloads queued and 1,000 finished, and with as many of both as the
 * two arguments say: one line {@code <deed>;<microseconds with few>;<microseconds with many>} each, medians. Half of the downloads are
 * the asking owner's, the others those of a thousand users. Only the statements are timed; each transaction is rolled back.
 */
final class GrowthCost {
    private static final int ROUNDS = 100;
    private static final int UNCOUNTED = 50;
    private static final int FEW = 1000;
    private static final int OWNERS = 1000;
    private static final int AT_ONCE = 500_000;
    /** The id of content number n. */
    private static final String CONTENT = "cast(lpad(to_hex(n), 32, '0') as uuid)";
    private final TestDatabase database;
    private final UUID owner;
    private final UUID finished;

    private GrowthCost(TestDatabase database, int queued, int ended) throws SQLException {
        this.database = database;
        owner = database.addUser();
        sql("insert into users (id, email, password_hash, role, active, created_at) select gen_random_uuid(), 'u' || n, 'x', 'USER', true, now()"
                + " from generate_series(1, " + OWNERS + ") n");
        List<String> indexes = database.transaction(entities -> entities.createNativeQuery("select indexdef from pg_indexes"
                + " where tablename = 'downloads' and indexname <> 'downloads_pkey'").getResultList().stream()
                .map(String::valueOf).toList());
        indexes.forEach(index -> sql("drop index " + index.split(" ")[2]));
        // a hundred downloads keep a content; the time of the tenth oldest is over
        sql("insert into contents (id, source, app_id, pubfile_id, version, folder, size_bytes, file_count, created_at) select " + CONTENT
                + ", 'steam', 431960, 'c' || n, '1', 'f' || n, 1000, 1, now() - n * interval '1 s' from generate_series(0, " + ended / 100 + ") n");
        fill("finished", ended, "case when n % 10 = 0 then 'FAILED' else 'SUCCESS' end", "now() - interval '1 day' - n * interval '1 ms'");
        fill("queued", queued, "'QUEUED'", "null");
        indexes.forEach(this::sql);
        sql("update downloads set expires_at = now() - interval '1 h' where content_id = (select id from contents order by created_at offset 9 limit 1)");
        vacuum();
        finished = database.transaction(entities -> new DownloadListRepository(entities).finished(Optional.of(owner), 1)).get(0).id();
    }

    public static void main(String[] arguments) throws SQLException {
        try (TestDatabase one = new TestDatabase(ClaimCost.postgreSql()); TestDatabase other = new TestDatabase(ClaimCost.postgreSql())) {
            GrowthCost few = new GrowthCost(one, FEW, FEW);
            GrowthCost many = new GrowthCost(other, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
            Map<String, Consumer<EntityManager>> withMany = many.deeds();
            few.deeds().forEach((name, deed) ->
                    System.out.println(name + ";" + few.medianMicros(deed) + ";" + many.medianMicros(withMany.get(name))));
        }
    }

    private void fill(String what, int count, String status, String completedAt) {
        for (int from = 0; from < count; from += AT_ONCE) {
            System.err.printf("%,d of %,d %s%n", from, count, what);
            sql("insert into downloads (id, user_id, pubfile_id, app_id, source, priority, status, attempt, attempts_left, fence, cancel_requested,"
                    + " log_seq, created_at, updated_at, completed_at, content_id, expires_at) select gen_random_uuid(), case when n % 2 = 0 then '" + owner
                    + "' else u.ids[1 + n % " + OWNERS + "] end, n, 431960, 'STEAM', 0, " + status + ", 0, 3, 0, false, 0, now() - n * interval '1 ms', now(), "
                    + completedAt + ", " + ("null".equals(completedAt) ? "null, null" : CONTENT.replace("(n)", "(n / 100)")
                    + ", case when n % 3 = 0 then null else now() + interval '30 days' end") + " from generate_series(" + (from + 1) + ", " + Math.min(count, from + AT_ONCE)
                    + ") n, (select array_agg(id) ids from users where email like 'u%') u");
        }
    }

    private Map<String, Consumer<EntityManager>> deeds() {
        Map<String, Consumer<EntityManager>> deeds = new LinkedHashMap<>();
        deeds.put("claim", this::claim);
        deeds.put("list, first page", entities -> list(entities, DownloadQuery.of("50", null, null, null, null, null, null)));
        Download middle = database.transaction(entities -> new DownloadListRepository(entities).page(Callers.of(owner),
                DownloadQuery.of("1", "400", null, null, null, null, null)).get(0));
        String cursor = new DownloadQuery.Cursor(middle.times().createdAt(), middle.id()).text();
        deeds.put("list, a page further on", entities -> list(entities, DownloadQuery.of("50", null, cursor, null, null, null, null)));
        deeds.put("list, oldest first", entities -> list(entities, DownloadQuery.of("50", null, null, null, null, null, "createdAt")));
        for (String status : List.of("queued", "running", "failed", "success")) {
            deeds.put("list, " + status, entities -> list(entities, DownloadQuery.of("50", null, null, status, null, null, null)));
        }
        for (String status : new String[] {null, "queued", "running", "failed", "success"}) {
            deeds.put("everybody's list" + (status == null ? "" : ", " + status), entities -> list(entities,
                    DownloadQuery.of("50", null, null, status, null, null, null).everybodys(null)));
        }
        deeds.put("everybody's list, oldest first", entities -> list(entities,
                DownloadQuery.of("50", null, null, null, null, null, "createdAt").everybodys(null)));
        deeds.put("counts of one's own, up to 500", entities -> new DownloadListRepository(entities).counts(Optional.of(owner), false, 500));
        deeds.put("counts of everybody, up to 500", entities -> new DownloadListRepository(entities).counts(Optional.empty(), false, 500));
        deeds.put("what finished within a day", entities -> {
            new FinishedRepository(entities).byHour(Instant.now().minusSeconds(86_400));
            new FinishedRepository(entities).reasons(Instant.now().minusSeconds(86_400), 20);
        });
        deeds.put("start of everybody's event stream", entities -> {
            DownloadListRepository downloads = new DownloadListRepository(entities);
            downloads.live(Optional.empty(), 50);
            downloads.finished(Optional.empty(), 50);
        });
        deeds.put("list, one item", entities -> list(entities, DownloadQuery.of("50", null, null, null, "500", null, null)));
        deeds.put("start of an event stream", entities -> {
            DownloadListRepository downloads = new DownloadListRepository(entities);
            downloads.live(Optional.of(owner), 50);
            downloads.finished(Optional.of(owner), 50);
        });
        deeds.put("cleanup, a step", entities -> {
            UUID content = CleanupStep.find(entities, new ClockRepository(entities).now());
            new DownloadRepository(entities).forgetContent(content, Instant.now());
            CleanupStep.remove(entities, content);
        });
        deeds.put("forgetting a download", entities -> {
            Download download = entities.find(Download.class, finished);
            new LogRepository(entities).removeAll(finished);
            new DownloadRepository(entities).remove(download);
            entities.flush();
        });
        return deeds;
    }

    private void claim(EntityManager entities) {
        Instant now = new ClockRepository(entities).now();
        QueueRepository queue = new QueueRepository(entities);
        queue.lockClaims();
        queue.claimNext(new Holder("here", "boot"), new Capacity(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE), now,
                now.plusSeconds(15)).orElseThrow();
        entities.flush();
    }

    /** As the service does it. */
    private void list(EntityManager entities, DownloadQuery query) {
        DownloadListRepository downloads = new DownloadListRepository(entities);
        List<Download> page = downloads.page(Callers.of(owner), query);
        downloads.count(Callers.of(owner), query, DownloadList.MOST_COUNTED);
        new QueueRepository(entities).heldBack(page.stream().filter(download -> download.status() == Status.QUEUED).map(Download::id).toList(),
                new Capacity(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE));
    }

    private long medianMicros(Consumer<EntityManager> deed) {
        long[] nanos = new long[ROUNDS];
        for (int round = -UNCOUNTED; round < ROUNDS; round++) {
            nanos[Math.max(0, round)] = nanos(deed);
        }
        Arrays.sort(nanos);
        return nanos[ROUNDS / 2] / 1000;
    }

    private long nanos(Consumer<EntityManager> deed) {
        long[] took = new long[1];
        try {
            return database.transaction(entities -> {
                long start = System.nanoTime();
                deed.accept(entities);
                took[0] = System.nanoTime() - start;
                throw new RolledBack();
            });
        } catch (RolledBack rolledBack) {
            return took[0];
        }
    }

    /** As the database does by itself, sooner or later; not in a transaction. */
    private void vacuum() throws SQLException {
        try (Connection connection = database.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze");
        }
    }

    private void sql(String statement) {
        database.transaction(entities -> entities.createNativeQuery(statement).executeUpdate());
    }

    /** How a deed that worked ends here, so that the next one finds the same rows. */
    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1;

        RolledBack() {
            super(null, null, false, false);
        }
    }
}
