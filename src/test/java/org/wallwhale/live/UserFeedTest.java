package org.wallwhale.live;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.Beans;
import org.wallwhale.access.Callers;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.download.DownloadListService;
import org.wallwhale.download.Progress;

class UserFeedTest {
    private static final int QUEUED = 1_200;
    private final Beans beans = new Beans(TestDatabase.h2(), Map.of());
    private final Queue<Feed> queue = new ArrayDeque<>();
    private final Client client = new Client().reads(100_000);

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void pollsLookAtTheNewestOnlyOfVeryManyThatWait() throws Exception {
        UUID user = beans.addUser();
        sql("insert into downloads (id, user_id, pubfile_id, app_id, source, priority, status, attempt, attempts_left, fence, cancel_requested,"
                + " log_seq, created_at, updated_at) select random_uuid(), '" + user + "', x, 431960, 'STEAM', 0, 'QUEUED', 0, 3, 0, false, 0,"
                + " dateadd('second', -x, current_timestamp), current_timestamp from system_range(1, " + QUEUED + ")");
        UserFeed feed = new UserFeed(Optional.of(user), "/downloads", beans.get(DownloadListService.class), queue::add);
        Reader reader = Reader.ofAll(Callers.of(user));
        reader.connect(new EventOutput(client, () -> { }, () -> { }));
        reader.output().onWritePossible();
        feed.join(reader);
        queue.remove().run();
        assertThat(client.received()).containsOnlyOnce("event: snapshot").doesNotContain("event: download");
        List<UUID> oldestFirst = ids();
        feed.changed(oldestFirst.get(0));
        queue.remove().run();
        assertThat(told()).isEqualTo(1);
        oldestFirst.subList(1, QUEUED).forEach(feed::changed);
        queue.remove().run();
        assertThat(told()).as("a turn has its measure").isLessThanOrEqualTo(1 + 500);
        runAll();
        long told = told();
        assertThat(told).as("all but those of the snapshot").isEqualTo(QUEUED - 200);
        poll(feed);
        assertThat(told()).as("nothing is told twice").isEqualTo(told);
        sql("update downloads set updated_at = dateadd('second', 1, updated_at) where pubfile_id in ('1', '" + QUEUED + "')");
        poll(feed);
        assertThat(told()).as("the newest alone").isEqualTo(told + 1);
    }

    @Test
    void whoFollowsEverybodysIsToldNoProgressOfWhatIsInNoList() throws Exception {
        UUID user = beans.addUser();
        sql("insert into downloads (id, user_id, pubfile_id, app_id, source, priority, status, attempt, attempts_left, fence, cancel_requested,"
                + " log_seq, created_at, updated_at) values (random_uuid(), '" + user + "', 1, 431960, 'STEAM', 0, 'RUNNING', 0, 3, 0, false, 0,"
                + " current_timestamp, current_timestamp)");
        UserFeed feed = new UserFeed(Optional.empty(), "/downloads", beans.get(DownloadListService.class), queue::add);
        Reader reader = Reader.ofAll(Callers.of(user));
        reader.connect(new EventOutput(client, () -> { }, () -> { }));
        reader.output().onWritePossible();
        feed.join(reader);
        runAll();
        UUID part = UUID.randomUUID();
        feed.progressed(progress(part, user));
        feed.progressed(progress(ids().get(0), user));
        runAll();
        assertThat(client.received()).containsOnlyOnce("event: progress").doesNotContain(part.toString());
    }

    private static Progress progress(UUID download, UUID user) {
        return new Progress(download, user, 0, 50, 1, 2L, 1, 1L);
    }

    private void poll(UserFeed feed) {
        feed.expire();
        feed.wake();
        runAll();
    }

    private void runAll() {
        while (!queue.isEmpty()) {
            queue.remove().run();
        }
    }

    private long told() {
        return client.received().lines().filter("event: download"::equals).count();
    }

    private List<UUID> ids() throws Exception {
        return beans.<List<UUID>>transaction(() -> ((List<?>) entities().createNativeQuery("select cast(id as varchar) from downloads order by created_at").getResultList())
                .stream().map(id -> UUID.fromString(id.toString())).toList());
    }

    private void sql(String statement) throws Exception {
        beans.transaction(() -> entities().createNativeQuery(statement).executeUpdate());
    }

    private EntityManager entities() {
        return beans.get(EntityManager.class);
    }
}
