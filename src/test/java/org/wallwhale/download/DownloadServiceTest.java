package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

class DownloadServiceTest {
    private static final String[] DOWNLOAD_SCOPES = {"download:read", "download:write", "download:export"};
    private final Map<String, String> settings = new HashMap<>(Map.of("wallwhale.download.app-id", "431960",
            "wallwhale.download.max-attempts", "3", "wallwhale.download.max-concurrent", "0", "wallwhale.download.max-running", "0",
            "wallwhale.download.lease-seconds", "15", "wallwhale.store.min-free-bytes", "0", "wallwhale.data-dir", "target", "wallwhale.sandbox.enabled",
            "true"));
    private final Changes<DownloadChanged> changes = new Changes<>();
    private TestDatabase database;
    private Caller owner;
    private Caller stranger;

    @BeforeEach
    void openWithTwoUsers() {
        database = TestDatabase.h2();
        owner = Callers.of(database.addUser(), DOWNLOAD_SCOPES);
        stranger = Callers.of(database.addUser(), DOWNLOAD_SCOPES);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void somebodyElsesDownloadIsNotFoundWhateverIsDoneWithIt() {
        UUID id = submit("sandbox", null, owner).id();
        List<Function<DownloadService, Object>> deeds = List.of(
                service -> service.get(id, stranger),
                service -> service.cancel(id, stranger),
                service -> service.retry(id, stranger),
                service -> service.contentOf(id, stranger),
                service -> {
                    service.delete(id, stranger);
                    return "deleted";
                });
        for (Function<DownloadService, Object> deed : deeds) {
            assertThatThrownBy(() -> service(deed)).isInstanceOfSatisfying(ProblemException.class,
                    refused -> assertThat(refused.problem()).isEqualTo(Problem.NOT_FOUND));
        }
        assertThat(service(service -> service.get(id, owner)).status()).isEqualTo(Status.QUEUED);
    }

    @Test
    void anAdministratorSeesEverybodysDownload() {
        UUID id = submit("sandbox", null, owner).id();
        Caller administrator = Callers.of(stranger.userId(), "admin:read");
        assertThat(service(service -> service.get(id, administrator)).userId()).isEqualTo(owner.userId());
    }

    @Test
    void changingSomebodyElsesDownloadNeedsMoreThanToSeeIt() {
        UUID id = submit("sandbox", null, owner).id();
        Caller reader = Callers.of(stranger.userId(), "admin:read", "download:write");
        for (Function<DownloadService, Object> deed : List.<Function<DownloadService, Object>>of(
                service -> service.cancel(id, reader), service -> service.retry(id, reader))) {
            assertThatThrownBy(() -> service(deed)).isInstanceOfSatisfying(ProblemException.class,
                    e -> assertThat(e.problem()).isEqualTo(Problem.FORBIDDEN));
        }
        Caller writer = Callers.of(stranger.userId(), "admin:read", "admin:write", "download:write");
        assertThat(service(service -> service.cancel(id, writer)).status()).isEqualTo(Status.CANCELED);
    }

    @Test
    void anUnknownAccountIsNoFaultButNoted() {
        DownloadView download = submit("nobody", null, owner);
        assertThat(download.accountName()).isNull();
        assertThat(log(download.id())).contains("There is no account \"nobody\": the server chooses by itself.");
        assertThat(source(download.id())).isEqualTo(Source.STEAM);
    }

    @Test
    void aTestKeyReachesTheSandboxWhateverItAsksFor() {
        Caller test = Callers.withTestKey(owner.userId(), DOWNLOAD_SCOPES);
        DownloadView download = submit("my-steam-account", null, test);
        assertThat(download.accountName()).isEqualTo("sandbox");
        assertThat(log(download.id())).contains("This key is of kind test: the sandbox is used.");
        assertThat(source(download.id())).isEqualTo(Source.SANDBOX);
        assertThat(source(submit(null, null, test).id())).isEqualTo(Source.SANDBOX);
    }

    @Test
    void aTestKeySeesNoDownloadThatIsNotTheSandboxs() {
        Caller test = Callers.withTestKey(owner.userId(), DOWNLOAD_SCOPES);
        UUID real = submit(null, null, owner).id();
        UUID scripted = submit("sandbox", null, owner).id();
        assertThat(service(service -> service.get(scripted, test)).id()).isEqualTo(scripted);
        List<Function<DownloadService, Object>> deeds = List.of(service -> service.get(real, test),
                service -> service.cancel(real, test), service -> service.retry(real, test), service -> service.contentOf(real, test));
        for (Function<DownloadService, Object> deed : deeds) {
            assertThatThrownBy(() -> service(deed)).isInstanceOfSatisfying(ProblemException.class,
                    refused -> assertThat(refused.problem()).isEqualTo(Problem.NOT_FOUND));
        }
        DownloadQuery all = DownloadQuery.of(null, null, null, null, null, null, null);
        assertThat(database.<List<Download>>transaction(entities -> new DownloadListRepository(entities).page(test, all)))
                .extracting(Download::id).containsExactly(scripted);
    }

    @Test
    void aRetryThatExportsNeedsTheScopeToo() {
        settings.put("wallwhale.download.export-root", "target");
        UUID id = submit("sandbox", "mods", owner).id();
        service(service -> service.cancel(id, owner));
        Caller withoutExport = Callers.of(owner.userId(), "download:write");
        assertThatThrownBy(() -> service(service -> service.retry(id, withoutExport))).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.FORBIDDEN));
        assertThat(service(service -> service.retry(id, owner)).status()).isEqualTo(Status.QUEUED);
    }

    @Test
    void withoutTheSandboxATestKeyReachesNothing() {
        settings.put("wallwhale.sandbox.enabled", "false");
        Caller test = Callers.withTestKey(owner.userId(), DOWNLOAD_SCOPES);
        assertThatThrownBy(() -> submit(null, null, test)).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.UNPROCESSABLE));
        assertThatThrownBy(() -> submit("sandbox", null, owner)).hasMessageContaining("WALLWHALE_SANDBOX_ENABLED");
    }

    @Test
    void aSaveRootNeedsTheScopeAndAnExportRoot() {
        assertThat(submit("sandbox", "mods", owner).saveRoot()).isNull();
        assertThat(submit("sandbox", "../x", owner).saveRoot()).as("what is ignored is not judged").isNull();
        settings.put("wallwhale.download.export-root", "target");
        assertThat(submit("sandbox", "mods", owner).saveRoot()).isEqualTo("mods");
        assertThatThrownBy(() -> submit("sandbox", "../x", owner)).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.INVALID));
        DownloadView withoutScope = submit(null, "mods", Callers.of(owner.userId(), "download:write"));
        assertThat(withoutScope.saveRoot()).isNull();
        assertThat(log(withoutScope.id())).contains(
                "saveRoot is ignored: it needs the scope download:export and an export root on the server.");
    }

    @Test
    void aRepeatedSubmitIsTheSameDownloadUntilItIsFinished() {
        UUID first = submit("sandbox", null, owner).id();
        assertThat(submit("sandbox", null, owner).id()).isEqualTo(first);
        assertThat(submit("sandbox", null, stranger).id()).isNotEqualTo(first);
        assertThat(submit(null, null, owner).id()).isNotEqualTo(first);
        assertThat(changes.told).hasSize(3);
        service(service -> service.cancel(first, owner));
        assertThat(submit("sandbox", null, owner).id()).isNotEqualTo(first);
    }

    @Test
    void aDeletedDownloadTakesItsLogWithIt() {
        UUID id = submit("sandbox", null, owner).id();
        service(service -> service.cancel(id, owner));
        service(service -> {
            service.delete(id, owner);
            return null;
        });
        assertThat(log(id)).isEmpty();
        assertThatThrownBy(() -> service(service -> service.get(id, owner))).hasMessage("There is no download with this id.");
    }

    private DownloadView submit(String account, String saveRoot, Caller caller) {
        return beans().get(SubmitService.class).submit(new SubmitDownload("3000000000", account, saveRoot, null, null), caller);
    }

    private <T> T service(Function<DownloadService, T> deed) {
        return deed.apply(beans().get(DownloadService.class));
    }

    private Beans beans() {
        Beans beans = new Beans(database, settings);
        beans.put(Event.class, changes);
        return beans;
    }

    private List<String> log(UUID id) {
        return database.transaction(entities -> new LogRepository(entities).after(id, 0, 100).stream().map(LogLine::text)
                .toList());
    }

    private Source source(UUID id) {
        return database.transaction((EntityManager entities) -> new DownloadRepository(entities).find(id).orElseThrow().wish().source());
    }
}
