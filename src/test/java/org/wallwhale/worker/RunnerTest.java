package org.wallwhale.worker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.database.Outage;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.DownloadLogService;
import org.wallwhale.download.DownloadService;
import org.wallwhale.download.DownloadView;
import org.wallwhale.download.Holder;
import org.wallwhale.download.Progress;
import org.wallwhale.download.Status;
import org.wallwhale.download.Storage;
import org.wallwhale.download.StorageService;
import org.wallwhale.download.SubmitDownload;
import org.wallwhale.download.SubmitService;
import org.wallwhale.engine.DepotDownloader;
import org.wallwhale.engine.Stop;
import org.wallwhale.store.Arrival;
import org.wallwhale.store.ContentKey;
import org.wallwhale.store.StoreCleanup;
import org.wallwhale.store.StoreService;

/** Runs the sandbox program, as a server does. */
class RunnerTest {
    private static final String SMALL = "3000000000";
    @TempDir
    private Path folder;
    private final Outage outage = new Outage();
    private Beans beans;
    private Caller owner;
    private ScheduledExecutorService heart;

    @BeforeEach
    void open() {
        beans = new Beans(outage.database(), Map.of("wallwhale.data-dir", folder.resolve("data").toString(),
                "wallwhale.sandbox.enabled", "true", "wallwhale.download.export-root", folder.resolve("exports").toString()));
        owner = Callers.of(beans.addUser(), "download:read", "download:write", "download:export");
        heart = Executors.newSingleThreadScheduledExecutor();
        heart.scheduleAtFixedRate(beans.get(DepotDownloader.class)::beat, 0, 1, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws InterruptedException {
        heart.shutdown();
        heart.awaitTermination(10, TimeUnit.SECONDS);
        beans.close();
    }

    @Test
    void aSmallItemEndsInTheStoreAndInTheExportFolder() throws IOException {
        Claim claim = claimed(SMALL, "mods");
        run(claim, new RunControl());
        DownloadView view = downloads().get(claim.downloadId(), owner);
        assertThat(view.status()).isEqualTo(Status.SUCCESS);
        assertThat(view.contentAvailable()).isTrue();
        assertThat(stored(SMALL)).hasSize(1);
        assertThat(files(stored(SMALL).get(0))).containsExactly("preview.gif", "project.json", "scenes/Größe 壁紙.pkg");
        assertThat(files(folder.resolve("exports/sandbox").resolve(owner.userId().toString()).resolve("mods").resolve(SMALL)))
                .isEqualTo(files(stored(SMALL).get(0)));
        assertThat(folder.resolve("exports")).isDirectoryNotContaining(path -> !path.endsWith("sandbox"));
        assertThat(folder.resolve("data/work")).isEmptyDirectory();
    }

    @Test
    void anExportThatFailsKeepsTheDownloadFromBeingASuccess() throws IOException {
        Claim claim = claimed(SMALL, "mods");
        Files.createDirectories(folder.resolve("exports/sandbox"));
        Files.createSymbolicLink(folder.resolve("exports/sandbox").resolve(owner.userId().toString()), folder);
        run(claim, new RunControl());
        DownloadView view = downloads().get(claim.downloadId(), owner);
        assertThat(view.status()).as("no retry helps").isEqualTo(Status.FAILED);
        assertThat(view.error().code()).isEqualTo("export_not_writable");
        assertThat(view.error().message() + view.error().advice()).contains("mods").doesNotContain(folder.toString());
        assertThat(view.contentAvailable()).isFalse();
        assertThat(folder.resolve("mods")).doesNotExist();
        assertThat(folder.resolve("data/store")).as("what nobody can use").isEmptyDirectory();
    }

    @Test
    void whatCouldNotBeExportedIsNotFetchedAgain() throws IOException {
        Claim claim = claimed(SMALL, "mods");
        Files.createDirectories(folder.resolve("exports/sandbox"));
        Path link = Files.createSymbolicLink(folder.resolve("exports/sandbox").resolve(owner.userId().toString()), folder);
        run(claim, new RunControl());
        Files.delete(link);
        downloads().retry(claim.downloadId(), owner);
        assertGoesOnWithoutFetching(claim);
    }

    @Test
    void aStopAfterTheFetchIsHeardAndLosesNothing() {
        RunControl control = new RunControl();
        onProgress(progress -> {
            if (progress.percent() == 100) {
                control.end(Stop.SHUTDOWN);
            }
        });
        Claim claim = claimed(SMALL, null);
        run(claim, control);
        assertThat(downloads().get(claim.downloadId(), owner).status()).isEqualTo(Status.QUEUED);
        assertGoesOnWithoutFetching(claim);
    }

    @Test
    void theSameVersionLiesInTheStoreOnce() throws IOException {
        Claim first = claimed(SMALL, null);
        run(first, new RunControl());
        List<Path> before = stored(SMALL);
        Claim second = claimed(SMALL, null);
        run(second, new RunControl());
        assertThat(second.downloadId()).isNotEqualTo(first.downloadId());
        assertThat(stored(SMALL)).isEqualTo(before);
        assertThat(downloads().contentOf(second.downloadId(), owner)).isEqualTo(downloads().contentOf(first.downloadId(), owner));
    }

    @Test
    void aStoredCopyThatLostAFileIsReplacedByTheNextRun() throws IOException {
        Claim first = claimed(SMALL, null);
        run(first, new RunControl());
        Path damaged = stored(SMALL).get(0);
        Files.delete(damaged.resolve("project.json"));
        Claim second = claimed(SMALL, null);
        run(second, new RunControl());
        assertThat(downloads().get(second.downloadId(), owner).status()).isEqualTo(Status.SUCCESS);
        assertThat(downloads().contentOf(second.downloadId(), owner)).isEqualTo(downloads().contentOf(first.downloadId(), owner));
        List<Path> whole = stored(SMALL).stream().filter(copy -> !copy.equals(damaged)).toList();
        assertThat(whole).singleElement().satisfies(copy -> assertThat(files(copy)).hasSize(3));
        assertThat(beans.get(StoreService.class).dropIfUnused(new Arrival(new ContentKey("sandbox", 431960, SMALL, "x"),
                "sandbox/431960/" + SMALL + "/" + whole.get(0).getFileName(), List.of()))).as("superfluous").isFalse();
    }

    @Test
    void aCanceledRunLeavesNothing() {
        Claim claim = claimed(SMALL, null);
        downloads().cancel(claim.downloadId(), owner);
        RunControl control = new RunControl();
        control.end(Stop.CANCELED);
        run(claim, control);
        assertThat(downloads().get(claim.downloadId(), owner).status()).isEqualTo(Status.CANCELED);
        assertThat(folder.resolve("data/work")).isEmptyDirectory();
    }

    @Test
    void aRunThatOutgrowsItsOwnersStorageIsStoppedAndLeavesNothing() throws Exception {
        quota(1 << 20);
        Claim claim = claimed("3000000003", "mods");
        run(claim, new RunControl());
        DownloadView view = downloads().get(claim.downloadId(), owner);
        assertThat(view.status()).as("no retry helps").isEqualTo(Status.FAILED);
        assertThat(view.error().code()).isEqualTo("storage_quota");
        assertThat(view.error().message()).contains("0 of 1048576 bytes");
        assertThat(lines(claim)).as("stopped in the middle").noneMatch(line -> line.startsWith("Total downloaded"));
        assertThat(folder.resolve("data/work")).isEmptyDirectory();
        assertThat(folder.resolve("data/store")).isEmptyDirectory();
    }

    @Test
    void whatIsJustTooLargeIsNeitherExportedNorStoredAndWhatJustFitsIsAlsoTheNextTime() throws Exception {
        long size = sizeOf(SMALL);
        quota(size - 1);
        Claim tooLarge = claimed(SMALL, "mods");
        run(tooLarge, new RunControl());
        assertThat(downloads().get(tooLarge.downloadId(), owner).error().code()).isEqualTo("storage_quota");
        assertThat(folder.resolve("exports")).doesNotExist();
        assertThat(files(folder.resolve("data/store"))).isEmpty();
        assertThat(folder.resolve("data/work")).isEmptyDirectory();
        quota(size);
        downloads().retry(tooLarge.downloadId(), owner);
        Claim fits = beans.get(ClaimService.class).claim(new Holder("here", "boot")).orElseThrow();
        run(fits, new RunControl());
        assertThat(downloads().get(fits.downloadId(), owner).status()).isEqualTo(Status.SUCCESS);
        assertThat(beans.get(StorageService.class).of(owner.userId())).isEqualTo(new Storage(size, size));
        quota(2 * size);
        Claim again = claimed(SMALL, null);
        quota(size);
        run(again, new RunControl());
        assertThat(downloads().get(again.downloadId(), owner).status()).isEqualTo(Status.SUCCESS);
    }

    /** The sandbox has another version of this item in each run. */
    @Test
    void aVersionThatDoesNotFitBesideTheOneBeforeIsRefusedAtTheEndOfItsRun() throws Exception {
        Claim first = claimed("3000000007", "mods");
        run(first, new RunControl());
        long size = downloads().get(first.downloadId(), owner).bytesTotal();
        List<String> exported = files(folder.resolve("exports"));
        quota(2 * size - 1);
        Claim second = claimed("3000000007", "mods");
        run(second, new RunControl());
        assertThat(lines(second)).as("not stopped before").anyMatch(line -> line.startsWith("Total downloaded"));
        assertThat(downloads().get(second.downloadId(), owner).error().code()).isEqualTo("storage_quota");
        assertThat(files(folder.resolve("exports"))).isEqualTo(exported);
        assertThat(stored("3000000007")).hasSize(1);
        assertThat(folder.resolve("data/work")).isEmptyDirectory();
    }

    @Test
    void aFullDiskGetsItsRoomBackAtOnce() {
        Claim claim = claimed("3000000056", null);
        run(claim, new RunControl());
        assertThat(downloads().get(claim.downloadId(), owner).status()).isEqualTo(Status.QUEUED);
        assertThat(folder.resolve("data/work")).isEmptyDirectory();
    }

    /** The kernel refuses the tool's writes beyond a size, as a full disk or a quota does, without any right that a test may lack. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatIsFullInTheMiddleEndsThatRunWithItsReasonAndWithoutItsParts() throws Exception {
        Claim claim = claimed("3000000003", null);
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> run(claim, new RunControl()));
        await(() -> lines(claim).stream().anyMatch(line -> line.startsWith("Pre-allocating")));
        long child = beans.get(ClaimService.class).orphans(new Holder("here", "later"), false).get(0).child().orElseThrow().pid();
        assertThat(new ProcessBuilder("prlimit", "--pid", String.valueOf(child), "--fsize=4096").start().waitFor()).isZero();
        run.join();
        DownloadView view = downloads().get(claim.downloadId(), owner);
        assertThat(view.status()).as("it is tried again").isEqualTo(Status.QUEUED);
        assertThat(view.error().code()).isEqualTo("disk_full");
        assertThat(view.waitingFor()).contains("It failed and is tried again at");
        assertThat(folder.resolve("data/work")).isEmptyDirectory();
        assertThat(files(folder.resolve("data/store"))).isEmpty();
        Claim other = claimed(SMALL, null);
        run(other, new RunControl());
        assertThat(downloads().get(other.downloadId(), owner).status()).as("others go on").isEqualTo(Status.SUCCESS);
    }

    @Test
    void aStoppedServersRunIsQueuedAgainAndSucceedsLater() throws IOException {
        Claim claim = claimed(SMALL, null);
        RunControl control = new RunControl();
        control.end(Stop.SHUTDOWN);
        run(claim, control);
        assertThat(downloads().get(claim.downloadId(), owner).status()).isEqualTo(Status.QUEUED);
        run(beans.get(ClaimService.class).claim(new Holder("here", "boot")).orElseThrow(), new RunControl());
        assertThat(downloads().get(claim.downloadId(), owner).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void whatWasFetchedWhileTheDatabaseWasAwayIsASuccess() {
        Claim claim = claimed(SMALL, null);
        runThroughAnOutage(claim);
        DownloadView view = downloads().get(claim.downloadId(), owner);
        assertThat(view.status()).isEqualTo(Status.SUCCESS);
        assertThat(view.attempt()).isEqualTo(1);
    }

    @Test
    void aWrongPasswordIsNotTriedAgainBecauseTheDatabaseWasAway() {
        Claim claim = claimed("3000000013", null);
        runThroughAnOutage(claim);
        DownloadView view = downloads().get(claim.downloadId(), owner);
        assertThat(view.status()).isEqualTo(Status.FAILED);
        assertThat(view.error().code()).isEqualTo("wrong_password");
    }

    @Test
    void anOvertakenRunWritesNothing() throws IOException {
        Claim old = claimed(SMALL, null);
        beans.get(ClaimService.class).giveBack(old);
        Claim now = beans.get(ClaimService.class).claim(new Holder("there", "boot")).orElseThrow();
        Path theirs = Files.createDirectories(beans.get(WorkFolders.class).take(now).resolve("content"));
        run(old, new RunControl());
        assertThat(theirs).exists();
        assertThat(downloads().get(now.downloadId(), owner).status()).isEqualTo(Status.RUNNING);
        assertThat(folder.resolve("data/store")).isEmptyDirectory();
    }

    private void assertGoesOnWithoutFetching(Claim before) {
        run(beans.get(ClaimService.class).claim(new Holder("here", "boot")).orElseThrow(), new RunControl());
        assertThat(downloads().get(before.downloadId(), owner).status()).isEqualTo(Status.SUCCESS);
        assertThat(beans.get(DownloadLogService.class).read(before.downloadId(), 0, 1000).orElseThrow().entries())
                .anyMatch(entry -> entry.text().startsWith("Already have manifest"));
    }

    /** As somebody without a quota finds it. */
    private long sizeOf(String item) throws IOException {
        Claim claim = claimed(item, null);
        run(claim, new RunControl());
        long size = downloads().get(claim.downloadId(), owner).bytesTotal();
        downloads().delete(claim.downloadId(), owner);
        beans.get(StoreCleanup.class).run();
        return size;
    }

    private void quota(long bytes) throws Exception {
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(
                "update users set storage_quota_bytes = " + bytes + " where id = '" + owner.userId() + "'").executeUpdate());
    }

    private List<String> lines(Claim claim) {
        return beans.get(DownloadLogService.class).read(claim.downloadId(), 0, 1000).orElseThrow().entries().stream()
                .map(entry -> entry.text()).toList();
    }

    private void onProgress(Consumer<Progress> listener) {
        beans.put(Event.class, (Event<?>) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Event.class},
                (proxy, method, arguments) -> {
                    if (arguments[0] instanceof Progress progress) {
                        listener.accept(progress);
                    }
                    return null;
                }));
    }

    /** The database goes away once the child is known, and comes back when its end could not be written. */
    private void runThroughAnOutage(Claim claim) {
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> run(claim, new RunControl()));
        await(() -> beans.get(ClaimService.class).orphans(new Holder("here", "later"), false).get(0).child().isPresent());
        List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
        outage.begin();
        await(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        int refused = outage.refused();
        await(() -> outage.refused() > refused + 6 || run.isDone());
        outage.end();
        run.join();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private void run(Claim claim, RunControl control) {
        beans.get(Runner.class).run(claim, 0, control);
    }

    private Claim claimed(String item, String saveRoot) {
        beans.get(SubmitService.class).submit(new SubmitDownload(item, "sandbox", saveRoot, null, null), owner);
        return beans.get(ClaimService.class).claim(new Holder("here", "boot")).orElseThrow();
    }

    private List<Path> stored(String item) throws IOException {
        try (Stream<Path> versions = Files.list(folder.resolve("data/store/sandbox/431960").resolve(item))) {
            return versions.toList();
        }
    }

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile).map(file -> root.relativize(file).toString()).sorted().toList();
        }
    }

    private DownloadService downloads() {
        return beans.get(DownloadService.class);
    }
}
