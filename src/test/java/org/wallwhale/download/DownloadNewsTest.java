package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.cluster.ListeningInstance.await;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.cluster.ListeningInstance;
import org.wallwhale.cluster.NewsMissed;
import org.wallwhale.cluster.Notified;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.database.TestPostgres;

/** What one instance commits and another one hears, over one real PostgreSQL. */
class DownloadNewsTest {
    private static final UUID ID = UUID.randomUUID();
    private static final UUID USER = UUID.randomUUID();
    @TempDir
    private Path data;
    private TestDatabase database;
    private ListeningInstance one;
    private ListeningInstance two;

    @BeforeEach
    void start() {
        String address = TestPostgres.newDatabase();
        database = TestDatabase.postgreSql(address);
        one = new ListeningInstance(data, "one", address, database);
        two = new ListeningInstance(data, "two", address, database);
        await("both listen", () -> !one.heard(NewsMissed.class).isEmpty() && !two.heard(NewsMissed.class).isEmpty());
    }

    @AfterEach
    void stop() throws InterruptedException {
        one.close();
        two.close();
        database.close();
    }

    @Test
    void aQueuedOrFinishedDownloadMovesTheQueue() {
        tell(Status.QUEUED, null);
        tell(Status.FAILED, null);
        awaitAndHear();
        assertThat(two.heard(QueueMoved.class)).isNotEmpty();
        assertThat(two.heard(CancelAsked.class)).isEmpty();
        assertThat(two.heard(ChangedElsewhere.class)).isNotEmpty().allMatch(new ChangedElsewhere(ID, USER)::equals);
    }

    @Test
    void whatARunWritesMovesReadersOnly() {
        tell(Status.RUNNING, Phase.DOWNLOADING);
        awaitAndHear();
        assertThat(two.heard(ChangedElsewhere.class)).containsExactly(new ChangedElsewhere(ID, USER));
        assertThat(two.heard(QueueMoved.class)).isEmpty();
        assertThat(two.heard(CancelAsked.class)).isEmpty();
    }

    @Test
    void aWishToCancelNamesTheFence() {
        tell(Status.RUNNING, Phase.CANCELING);
        awaitAndHear();
        assertThat(two.heard(CancelAsked.class)).containsExactly(new CancelAsked(7));
        assertThat(two.heard(QueueMoved.class)).isEmpty();
    }

    @Test
    void theProgressOfARunElsewhereIsShownHereAndThatOfAnEarlierRunIsNot() {
        Caller owner = Callers.of(database.addUser(), "download:read", "download:write");
        DownloadView download = one.beans().get(SubmitService.class)
                .submit(new SubmitDownload("3000000000", "sandbox", null, null, null), owner);
        Claim first = one.beans().get(ClaimService.class).claim(new Holder("one", "boot")).orElseThrow();
        Progress progress = new Progress(first.downloadId(), first.userId(), first.fence(), 40, 400, null, 10, 60L);
        one.beans().get(ProgressBoard.class).put(progress);
        awaitAndHear();
        assertThat(two.heard(Progress.class)).containsExactly(progress);
        DownloadView there = two.beans().get(DownloadService.class).get(download.id(), owner);
        assertThat(List.of(there.progress(), there.bytesDone(), there.bytesPerSecond(), there.etaSeconds())).isEqualTo(List.of(40, 400L, 10L, 60L));
        assertThat(there.bytesTotal()).isNull();
        one.beans().get(ClaimService.class).giveBack(first);
        Claim next = two.beans().get(ClaimService.class).claim(new Holder("two", "boot")).orElseThrow();
        assertThat(two.beans().get(DownloadService.class).get(download.id(), owner).progress()).isZero();
        two.beans().get(ProgressBoard.class).put(new Progress(next.downloadId(), next.userId(), next.fence(), 5, 50, 1000L, 0, null));
        two.beans().get(ProgressBoard.class).hear(new Notified("progress", List.of(progress.text())));
        assertThat(two.beans().get(DownloadService.class).get(download.id(), owner).progress()).as("what comes late").isEqualTo(5);
        assertThat(two.heard(Progress.class)).hasSize(2);
    }

    private void tell(Status status, Phase phase) {
        one.beans().get(DownloadNews.class).tell(new DownloadChanged(ID, USER, status, phase, 7));
    }

    /** Lets the other instance's beans hear what its notifier fired until a mark came through, as the server would. */
    private void awaitAndHear() {
        one.notifier().tell("mark", "");
        await("two hears", () -> two.texts("mark").count() == 1);
        two.heard(Notified.class).forEach(news -> {
            two.beans().get(DownloadNews.class).hear(news);
            two.beans().get(ProgressBoard.class).hear(news);
        });
    }
}
