package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.CallerService;
import org.wallwhale.access.Callers;
import org.wallwhale.audit.Refusals;
import org.wallwhale.database.TestDatabase;

class BulkServiceTest {
    private static final String[] SCOPES = {"download:read", "download:write"};
    private final Beans beans = new Beans(TestDatabase.h2(), Map.of("wallwhale.data-dir", "target", "wallwhale.store.min-free-bytes", "0"));
    private final AtomicLong nanos = new AtomicLong();
    private UUID failing;
    private Caller owner;

    @BeforeEach
    void openWithOneUser() {
        beans.put(Event.class, (Event<?>) Proxy.newProxyInstance(Event.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> {
            if (arguments[0] instanceof DownloadChanged changed && changed.id().equals(failing)) {
                throw new PersistenceException("The connection broke");
            }
            return null;
        }));
        owner = Callers.of(beans.addUser(), SCOPES);
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void whatTheDatabaseFailsOnIsRefusedAndHindersNoOther() {
        List<UUID> ids = List.of(submit("1"), submit("2"), submit("3"));
        failing = ids.get(1);
        List<ChangedDownloads.Line> lines = cancel(ids, owner);
        assertThat(lines).extracting(ChangedDownloads.Line::result).containsExactly(ChangedDownloads.Result.DONE, ChangedDownloads.Result.REFUSED,
                ChangedDownloads.Result.DONE);
        assertThat(lines.get(1).code()).isEqualTo("unavailable");
        assertThat(lines.get(1).message()).isEqualTo("It was not done; send it again.");
        assertThat(beans.get(DownloadService.class).get(failing, owner).status()).isEqualTo(Status.QUEUED);
    }

    @Test
    void whoMayNotComeInAnyLongerChangesNothingMore() throws Exception {
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery("update users set active = false").executeUpdate());
        List<ChangedDownloads.Line> lines = cancel(Stream.generate(UUID::randomUUID).limit(12).toList(), owner);
        assertThat(lines.subList(0, 10)).extracting(ChangedDownloads.Line::code).containsOnly("not_found");
        assertThat(lines.subList(10, 12)).extracting(ChangedDownloads.Line::code).containsOnly("unauthenticated");
    }

    @Test
    void whatIsLeftAfterTwentySecondsIsNotDone() {
        UUID id = submit("1");
        nanos.set(TimeUnit.SECONDS.toNanos(7));
        assertThat(cancel(List.of(UUID.randomUUID(), UUID.randomUUID(), id), owner)).extracting(ChangedDownloads.Line::code)
                .containsExactly("not_found", "not_found", "unavailable");
        assertThat(beans.get(DownloadService.class).get(id, owner).status()).isEqualTo(Status.QUEUED);
    }

    @Test
    void aRefusalIsOnRecordAsThatOfASingleOneIs() {
        UUID id = submit("1");
        Caller reader = Callers.of(beans.addUser(), "admin:read", "download:write");
        assertThat(cancel(List.of(id), reader)).extracting(ChangedDownloads.Line::code).containsExactly("forbidden");
        assertThat(beans.get(EntityManager.class).createNativeQuery("select concat(action, ' ', subject) from audit_entries where result <> 'DONE'").getResultList())
                .asList().containsExactly("post downloads/" + id + "/cancel");
    }

    /** Each look at the clock takes as long as {@link #nanos} says. */
    private List<ChangedDownloads.Line> cancel(List<UUID> ids, Caller caller) {
        AtomicLong now = new AtomicLong();
        return new BulkService(beans.get(DownloadService.class), beans.get(CallerService.class), beans.get(Refusals.class), () -> now.addAndGet(nanos.get()))
                .change(new ChangeDownloads(ids, ChangeDownloads.Action.CANCEL), caller).results();
    }

    private UUID submit(String item) {
        return beans.get(SubmitService.class).submit(new SubmitDownload(item, null, null, null, null), owner).id();
    }
}
