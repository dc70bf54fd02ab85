package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.problem.ProblemException;

/** Which entries of a log belong to which run, on every database. */
abstract class DownloadLogContract {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Failure FAILURE = new Failure("broken", "It broke.", "Mend it.");
    private TestDatabase database;
    private UUID user;
    private Caller owner;
    private UUID id;

    abstract TestDatabase open();

    @BeforeEach
    void queueOneDownload() {
        database = open();
        user = database.addUser();
        owner = Callers.of(user);
        id = database.transaction(entities -> {
            Download download = new Download(Wishes.of(user, "1"), null, 3, NOW);
            new DownloadRepository(entities).add(download);
            return download.id();
        });
        entries("Queued.", Status.QUEUED);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void beforeAnyRunTheSpanIsWhatWasWrittenWhenItWasQueued() {
        assertThat(span(null)).isEqualTo(new LogSpan(0, LogSpan.OPEN, 2));
    }

    @Test
    void theFirstRunBeginsWithWhatWasWrittenWhenItWasQueued() {
        run();
        assertThat(span(null)).isEqualTo(new LogSpan(0, LogSpan.OPEN, 4));
        fail();
        assertThat(span(null)).isEqualTo(new LogSpan(0, LogSpan.OPEN, 6));
    }

    @Test
    void aRunThatTheServerTriedAgainStandsByItself() {
        run();
        change((download, entities) -> download.retryLater(FAILURE, NOW, NOW));
        entries("It is tried again.", Status.QUEUED);
        assertThat(span(null)).isEqualTo(new LogSpan(0, LogSpan.OPEN, 6));
        run();
        assertThat(span(null)).isEqualTo(new LogSpan(6, LogSpan.OPEN, 8));
        assertThat(span(1)).isEqualTo(new LogSpan(0, 6, 8));
        assertThat(span(2)).isEqualTo(new LogSpan(6, LogSpan.OPEN, 8));
    }

    @Test
    void aRetryByItsOwnerHidesTheRunsBeforeItFromTheMomentItIsQueued() {
        run();
        fail();
        change((download, entities) -> download.retry(3, null, NOW));
        entries("Queued again.", Status.QUEUED);
        assertThat(span(null)).isEqualTo(new LogSpan(6, LogSpan.OPEN, 8));
        assertThat(span(1)).isEqualTo(new LogSpan(0, 6, 8));
        run();
        assertThat(span(null)).isEqualTo(new LogSpan(6, LogSpan.OPEN, 10));
        assertThat(span(2)).isEqualTo(new LogSpan(6, LogSpan.OPEN, 10));
        assertThat(span(1)).isEqualTo(new LogSpan(0, 6, 10));
    }

    @Test
    void aRunThatNeverWasIsRefusedAndSomebodyElsesDownloadIsNotThere() {
        assertThatThrownBy(() -> span(1)).isInstanceOf(ProblemException.class).hasMessageContaining("no run 1");
        Caller stranger = Callers.of(UUID.randomUUID());
        assertThatThrownBy(() -> database.<LogSpan>transaction(
                entities -> service(entities).span(id, OptionalInt.empty(), stranger)))
                .isInstanceOf(ProblemException.class).hasMessageContaining("no download");
    }

    private LogSpan span(Integer attempt) {
        OptionalInt wanted = attempt == null ? OptionalInt.empty() : OptionalInt.of(attempt);
        return database.transaction(entities -> service(entities).span(id, wanted, owner));
    }

    private void run() {
        change((download, entities) -> {
            Holder here = new Holder("here", "boot");
            download.claim(here, download.attempts().made() + 1, NOW, NOW.plus(Duration.ofSeconds(15)));
            new DownloadRepository(entities).add(new Attempt(download, here.instanceId(), NOW));
        });
        entries("Attempt starts.", Status.RUNNING);
    }

    private void fail() {
        change((download, entities) -> download.fail(FAILURE, NOW));
        entries("Archive not created.", Status.FAILED);
    }

    private void entries(String line, Status state) {
        change((download, entities) -> {
            new LogRepository(entities).append(download, LogLine.LINE, List.of(line), NOW);
            new LogRepository(entities).append(download, LogLine.STATE, List.of(state.name()), NOW);
        });
    }

    private void change(BiConsumer<Download, EntityManager> change) {
        database.transaction(entities -> {
            change.accept(new DownloadRepository(entities).getVisible(id, owner, true), entities);
            return null;
        });
    }

    private static DownloadLogService service(EntityManager entities) {
        return new DownloadLogService(new DownloadRepository(entities), new LogRepository(entities), null);
    }
}
