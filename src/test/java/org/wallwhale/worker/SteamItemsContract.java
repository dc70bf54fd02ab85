package org.wallwhale.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.access.Limits;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.CollectionService;
import org.wallwhale.download.DownloadLogService;
import org.wallwhale.download.DownloadService;
import org.wallwhale.download.DownloadView;
import org.wallwhale.download.Holder;
import org.wallwhale.download.Kind;
import org.wallwhale.download.Status;
import org.wallwhale.download.SubmitDownload;
import org.wallwhale.download.SubmitService;
import org.wallwhale.engine.DepotDownloader;
import org.wallwhale.engine.WebFileServer;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.steam.SteamAccounts;
import org.wallwhale.store.StoreCleanup;
import org.wallwhale.workshop.SteamWebServer;
import org.wallwhale.workshop.Workshop;

/** Runs items of Steam: its Web API and a web server are played on this machine, DepotDownloader by the sandbox program. */
abstract class SteamItemsContract {
    private static final String ITEM = "3000000000";
    private static final byte[] FILE = "a map".repeat(100_000).getBytes();
    @TempDir
    private Path folder;
    private final SteamWebServer steam = new SteamWebServer();
    private final WebFileServer web = new WebFileServer();
    private Beans beans;
    private Caller owner;
    private ScheduledExecutorService heart;

    abstract TestDatabase open();

    @BeforeEach
    void start() throws IOException {
        Path tool = folder.resolve("DepotDownloader");
        beans = new Beans(open(), Map.of("wallwhale.data-dir", folder.resolve("data").toString(),
                "wallwhale.engine.depotdownloader-path", tool.toString(), "wallwhale.workshop.base-url", steam.base(),
                "wallwhale.engine.web-file-hosts", web.origin(), "wallwhale.download.export-root", folder.resolve("exports").toString()));
        String sandbox = beans.get(DepotDownloader.class).sandbox().command().stream().collect(Collectors.joining("' '", "'", "'"));
        Files.writeString(tool, "#!/bin/sh\nexec " + sandbox + " \"$@\"\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        owner = Callers.of(beans.addUser(), "download:read", "download:write", "download:export");
        heart = Executors.newSingleThreadScheduledExecutor();
        heart.scheduleAtFixedRate(beans.get(DepotDownloader.class)::beat, 0, 1, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws InterruptedException {
        heart.shutdown();
        heart.awaitTermination(10, TimeUnit.SECONDS);
        steam.close();
        web.close();
        beans.close();
    }

    @ParameterizedTest
    @CsvSource({"9, item_not_found", "15, item_denied", "1, item_banned"})
    void whatThePublicDoesNotSeeEndsForThatReasonBeforeAnyLogin(int result, String code) {
        steam.item(ITEM).put("result", result).put("banned", 1);
        DownloadView end = run(ITEM, null);
        assertThat(end.status()).isEqualTo(Status.FAILED);
        assertThat(end.error().code()).isEqualTo(code);
        assertThat(folder.resolve("data/homes")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"9", "15"})
    void whatThePublicDoesNotSeeIsTriedWithTheAccountThatTheDownloadNames(int result) {
        SteamAccounts.add(beans, "mine", owner.userId());
        steam.missing(ITEM, result);
        DownloadView end = runWith("mine", ITEM);
        assertThat(end.status()).as(lines(end).toString()).isEqualTo(Status.SUCCESS);
        assertThat(end.accountName()).isEqualTo("mine");
        assertThat(lines(end)).contains("Steam shows the public no item " + ITEM + "; whether the Steam account \"mine\" sees one is tried.");
        steam.missing("3000000023", result);
        assertThat(runWith("mine", "3000000023").error().code()).isEqualTo("item_not_found");
        Caller other = Callers.of(beans.addUser(), "download:read", "download:write");
        assertThat(run(other, ITEM, null).status()).as("nobody else is served it").isEqualTo(Status.FAILED);
    }

    @Test
    void whatSteamBannedIsTriedWithNoAccount() {
        SteamAccounts.add(beans, "mine", owner.userId());
        steam.item(ITEM).put("banned", 1);
        assertThat(runWith("mine", ITEM).error().code()).isEqualTo("item_banned");
        assertThat(folder.resolve("data/homes")).doesNotExist();
    }

    private DownloadView runWith(String account, String item) {
        beans.get(SubmitService.class).submit(new SubmitDownload(item, account, null, null, null), owner);
        Claim claim = beans.get(ClaimService.class).claim(new Holder("here", "boot")).orElseThrow();
        beans.get(Runner.class).run(claim, 0, new RunControl());
        return downloads().get(claim.downloadId(), owner);
    }

    @Test
    void anItemIsFetchedWithTheAppThatSteamTellsAndShowsWhatItIs() {
        steam.item(ITEM).put("consumer_app_id", 294100).put("hcontent_file", "1").put("title", "A title")
                .put("preview_url", "https://images.steamusercontent.com/1");
        DownloadView end = run(ITEM, null);
        assertThat(end.status()).as(lines(end).toString()).isEqualTo(Status.SUCCESS);
        assertThat(end.title()).isEqualTo("A title");
        assertThat(end.previewUrl()).isEqualTo("https://images.steamusercontent.com/1");
        assertThat(end.appId()).isEqualTo(294100);
        assertThat(lines(end)).contains("Got AppInfo for 294100").contains("The item was updated: this is version " + end.version() + ".");
        assertThat(folder.resolve("data/store/steam/294100").resolve(ITEM)).exists();
    }

    @Test
    void withoutAnAnswerOfSteamTheItemIsFetchedAllTheSame() {
        steam.close();
        DownloadView end = run(ITEM, null);
        assertThat(end.status()).isEqualTo(Status.SUCCESS);
        assertThat(end.title()).isNull();
        assertThat(lines(end)).anyMatch(line -> line.startsWith("Steam does not say what item"));
    }

    @Test
    void aVersionThatTheStoreHasIsNotFetchedAgain() throws IOException {
        DownloadView first = fetched();
        Caller other = Callers.of(beans.addUser(), "download:read", "download:write", "download:export");
        DownloadView second = run(other, ITEM, "mods");
        assertThat(second.status()).isEqualTo(Status.SUCCESS);
        assertThat(second.version()).isEqualTo(first.version());
        assertThat(second.bytesTotal()).isEqualTo(first.bytesTotal());
        assertThat(lines(second)).noneMatch(line -> line.contains("Steam3")).anyMatch(line -> line.startsWith("Archive created"));
        assertThat(files(folder.resolve("exports").resolve(other.userId().toString()).resolve("mods").resolve(ITEM))).hasSize(3);
        assertThat(downloads().contentOf(second.id(), other)).isEqualTo(downloads().contentOf(first.id(), owner));
        assertThat(folder.resolve("data/work")).isEmptyDirectory();
    }

    @Test
    void aStoredVersionCountsAgainstTheQuotaOfWhoeverWantsIt() throws Exception {
        DownloadView first = fetched();
        Caller other = Callers.of(beans.addUser(), "download:read", "download:write");
        quota(other, first.bytesTotal() - 1);
        assertThat(run(other, ITEM, null).error().code()).isEqualTo("storage_quota");
        quota(other, first.bytesTotal());
        assertThat(run(other, ITEM, null).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aNewerVersionIsFetchedAnew() {
        DownloadView first = fetched();
        steam.item(ITEM).put("hcontent_file", "2");
        beans.get(Workshop.class).forget(ITEM);
        assertThat(lines(run(ITEM, null))).contains("Got AppInfo for 431960");
        assertThat(first.version()).isNotEqualTo("2");
    }

    @Test
    void aStoredVersionThatLostAFileIsFetchedAnew() throws IOException {
        fetched();
        Path stored;
        try (Stream<Path> versions = Files.list(folder.resolve("data/store/steam/431960").resolve(ITEM))) {
            stored = versions.findFirst().orElseThrow();
        }
        Files.delete(stored.resolve("project.json"));
        DownloadView second = run(ITEM, null);
        assertThat(lines(second)).contains("Got AppInfo for 431960");
        assertThat(second.status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aDeletedDownloadTakesNothingAwayFromAnother() {
        DownloadView first = fetched();
        DownloadView second = run(ITEM, null);
        downloads().delete(first.id(), owner);
        beans.get(StoreCleanup.class).run();
        assertThat(downloads().get(second.id(), owner).contentAvailable()).isTrue();
        downloads().delete(second.id(), owner);
        beans.get(StoreCleanup.class).run();
        DownloadView third = run(ITEM, null);
        assertThat(lines(third)).as("the store has it no longer").contains("Got AppInfo for 431960");
    }

    @Test
    void aWebFileIsFetchedWithoutTheToolAndOnlyOnce() throws IOException {
        webItem("7");
        DownloadView first = run("7", "maps");
        assertThat(first.status()).as(lines(first).toString()).isEqualTo(Status.SUCCESS);
        assertThat(first.version()).isEqualTo("1700000000");
        assertThat(first.bytesTotal()).isEqualTo(FILE.length);
        assertThat(files(folder.resolve("exports").resolve(owner.userId().toString()).resolve("maps/7"))).containsExactly("maps/a.vpk");
        assertThat(run("7", null).status()).isEqualTo(Status.SUCCESS);
        assertThat(web.requests()).hasSize(1);
        assertThat(folder.resolve("data/homes")).doesNotExist();
    }

    @Test
    void aWebFileOfAServerThatIsNotOnTheListIsNotAskedFor() {
        steam.item("7").put("file_url", "http://127.0.0.1:9/x");
        assertThat(run("7", null).error().code()).isEqualTo("web_server_not_allowed");
    }

    @Test
    void whatIsKnownToBeTooLargeIsNotBegun() throws Exception {
        quota(owner, 1000);
        steam.item(ITEM).put("file_size", "1001");
        DownloadView tooLarge = run(ITEM, null);
        assertThat(tooLarge.error().code()).isEqualTo("storage_quota");
        quota(owner, Long.MAX_VALUE);
        steam.item("8").put("file_size", "900000000000000000");
        DownloadView noRoom = run("8", null);
        assertThat(noRoom.error().code()).isEqualTo("disk_full");
        assertThat(noRoom.status()).isEqualTo(Status.QUEUED);
        assertThat(folder.resolve("data/homes")).doesNotExist();
    }

    @Test
    void whoeverWaitsForTheSameItemSeesHowFarItIsAndGetsIt() {
        webItem("7");
        CountDownLatch gate = web.holdBack();
        Claim first = claimed(owner, "7", null);
        Caller other = Callers.of(beans.addUser(), "download:read", "download:write");
        DownloadView waits = beans.get(SubmitService.class).submit(new SubmitDownload("7", null, null, null, null), other);
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> beans.get(Runner.class).run(first, 0, new RunControl()));
        await(() -> downloads().get(waits.id(), other).progress() > 0);
        DownloadView seen = downloads().get(waits.id(), other);
        assertThat(seen.status()).isEqualTo(Status.QUEUED);
        assertThat(seen.waitingFor()).isEqualTo("The same item is being fetched.");
        assertThat(seen.bytesTotal()).isEqualTo(FILE.length);
        gate.countDown();
        run.join();
        assertThat(downloads().get(waits.id(), other).progress()).as("nobody runs").isZero();
        beans.get(Runner.class).run(beans.get(ClaimService.class).claim(new Holder("here", "boot")).orElseThrow(), 0, new RunControl());
        assertThat(downloads().get(waits.id(), other).status()).isEqualTo(Status.SUCCESS);
        assertThat(web.requests()).hasSize(1);
    }

    @Test
    void aCollectionIsADownloadForEachItemAndEndsWithTheLast() {
        webItem("7");
        webItem("8");
        steam.missing("5", 9);
        steam.collection("9", "8", "5", "7");
        DownloadView collection = run("9", null);
        assertThat(collection.kind()).isEqualTo(Kind.COLLECTION);
        assertThat(collection.status()).isEqualTo(Status.RUNNING);
        assertThat(collection.children()).containsEntry(Status.QUEUED, 3);
        assertThat(parts(collection)).extracting(DownloadView::pubfileId).containsExactlyInAnyOrder("8", "5", "7");
        runNext();
        assertThat(downloads().get(collection.id(), owner).progress()).isEqualTo(33);
        runNext();
        collections().endFinished();
        assertThat(downloads().get(collection.id(), owner).status()).as("one is left").isEqualTo(Status.RUNNING);
        runNext();
        collections().endFinished();
        DownloadView end = downloads().get(collection.id(), owner);
        assertThat(end.status()).isEqualTo(Status.SUCCESS);
        assertThat(end.children()).containsEntry(Status.SUCCESS, 2).containsEntry(Status.FAILED, 1);
        assertThat(end.error().code()).isEqualTo("partial");
        assertThat(end.contentAvailable()).isTrue();
        assertThat(end.bytesTotal()).isEqualTo(2L * FILE.length);
        assertThat(lines(end)).contains("2 of 3 items are there.").anyMatch(line -> line.startsWith("Archive created"));
    }

    @Test
    void whatSteamDoesNotTellOfACollectionIsAskedAgainLater() {
        steam.collection("9", "7", "8");
        beans.get(Workshop.class).find("9");
        steam.refuse(500, null);
        DownloadView collection = run("9", null);
        assertThat(collection.status()).isEqualTo(Status.QUEUED);
        assertThat(collection.error().code()).isEqualTo("details_unknown");
        steam.refuse(200, null);
        startAtOnce();
        runNext();
        assertThat(downloads().get(collection.id(), owner).children()).containsEntry(Status.QUEUED, 2);
    }

    @Test
    void anIdOfWhichSteamSaysNothingIsTriedAgainWhenTheToolTakesItForAWebFile() {
        steam.refuse(500, null);
        DownloadView unknown = run("3000000025", null);
        assertThat(unknown.status()).as(lines(unknown).toString()).isEqualTo(Status.QUEUED);
        assertThat(unknown.error().code()).isEqualTo("details_unknown");
        steam.refuse(200, null);
        steam.collection("3000000025", "7", "8");
        startAtOnce();
        runNext();
        assertThat(downloads().get(unknown.id(), owner).kind()).isEqualTo(Kind.COLLECTION);
    }

    @Test
    void whatTheToolTookForAWebFileCostsNoSecondLoginWhileSteamSaysNothing() {
        steam.refuse(500, null);
        DownloadView unknown = run("3000000025", null);
        startAtOnce();
        runNext();
        DownloadView end = downloads().get(unknown.id(), owner);
        assertThat(end.error().code()).isEqualTo("details_unknown");
        assertThat(end.attempt()).isEqualTo(2);
        assertThat(lines(end)).filteredOn(line -> line.startsWith("Logs in")).hasSize(1);
    }

    @Test
    void aHiddenPartOfACollectionCostsTheNamedAccountNoLogin() {
        SteamAccounts.add(beans, "mine", owner.userId());
        steam.missing("5", 9);
        steam.missing("6", 15);
        steam.collection("9", "5", "6");
        DownloadView collection = runWith("mine", "9");
        runNext();
        runNext();
        assertThat(parts(collection)).extracting(part -> part.error().code()).containsExactlyInAnyOrder("item_not_found", "item_denied");
        assertThat(parts(collection)).allSatisfy(part -> assertThat(part.error().message()).contains("Submit it by itself"));
        assertThat(folder.resolve("data/homes")).doesNotExist();
    }

    @Test
    void collectionsInEachOtherAreOneAndCirclesEnd() {
        steam.collection("9", "7", "10", "7");
        steam.collection("10", "9", "8", "10", "11");
        steam.collection("11", "10", "6");
        DownloadView collection = run("9", null);
        assertThat(parts(collection)).extracting(DownloadView::pubfileId).containsExactlyInAnyOrder("7", "8", "6");
    }

    @Test
    void noCollectionHasMoreThanAThousandItems() {
        steam.collection("9", IntStream.rangeClosed(100, 1300).mapToObj(String::valueOf).toArray(String[]::new));
        assertThat(run("9", null).children()).containsEntry(Status.QUEUED, 1000);
    }

    @Test
    void whatIsDoneWithACollectionIsDoneWithItsItems() throws Exception {
        webItem("7");
        webItem("8");
        steam.collection("9", "7", "8");
        DownloadView collection = run("9", null);
        runNext();
        assertThat(downloads().cancel(collection.id(), owner).status()).isEqualTo(Status.CANCELED);
        assertThat(downloads().get(collection.id(), owner).children()).containsEntry(Status.SUCCESS, 1).containsEntry(Status.CANCELED, 1);
        assertThat(downloads().retry(collection.id(), owner).status()).isEqualTo(Status.RUNNING);
        assertThat(downloads().get(collection.id(), owner).children()).containsEntry(Status.SUCCESS, 1).containsEntry(Status.QUEUED, 1);
        assertThatThrownBy(() -> downloads().delete(collection.id(), owner)).isInstanceOf(ProblemException.class);
        runNext();
        collections().endFinished();
        DownloadView end = downloads().get(collection.id(), owner);
        assertThat(end.status()).isEqualTo(Status.SUCCESS);
        assertThat(end.error()).isNull();
        assertThatThrownBy(() -> downloads().retry(collection.id(), owner)).hasMessageContaining("No item");
        downloads().delete(collection.id(), owner);
        assertThat(beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery("select count(*) from downloads")
                .getSingleResult())).hasToString("0");
    }

    @Test
    void anItemThatIsRetriedOpensItsCollectionAgain() {
        steam.missing("5", 9);
        steam.collection("9", "5");
        DownloadView collection = run("9", null);
        runNext();
        collections().endFinished();
        DownloadView failed = downloads().get(collection.id(), owner);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.error().code()).isEqualTo("no_item");
        webItem("5");
        beans.get(Workshop.class).forget("5");
        downloads().retry(parts(collection).get(0).id(), owner);
        assertThat(downloads().get(collection.id(), owner).status()).isEqualTo(Status.RUNNING);
        runNext();
        collections().endFinished();
        assertThat(downloads().get(collection.id(), owner).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void itemsBeyondTheLimitOfTheirOwnerFailByThat() throws Exception {
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(
                "update users set downloads_daily = 2 where id = '" + owner.userId() + "'").executeUpdate());
        steam.collection("9", "5", "6", "7");
        DownloadView collection = run("9", null);
        assertThat(collection.children()).containsEntry(Status.QUEUED, 2).containsEntry(Status.FAILED, 1);
        assertThat(parts(collection)).filteredOn(part -> part.status() == Status.FAILED).singleElement()
                .satisfies(part -> assertThat(part.error().code()).isEqualTo("download_limit"));
    }

    @Test
    void aCollectionOfWhichOnlyItemsBeyondTheLimitAreLeftSaysThatOfItsRetry() throws Exception {
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(
                "update users set downloads_daily = 1 where id = '" + owner.userId() + "'").executeUpdate());
        webItem("5");
        steam.collection("9", "5", "6");
        DownloadView collection = run("9", null);
        runNext();
        collections().endFinished();
        Caller limited = new Caller(owner.actor(), owner.scopes(), false, new Limits(null, null, null, 1, null, null, null), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), false);
        assertThatThrownBy(() -> downloads().retry(collection.id(), limited)).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS)).hasMessageContaining("No more than 1 downloads");
        assertThat(downloads().get(collection.id(), owner).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aCollectionOccupiesNoSlotOfItsOwner() throws Exception {
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(
                "update users set max_concurrent = 1 where id = '" + owner.userId() + "'").executeUpdate());
        webItem("7");
        steam.collection("9", "7");
        run("9", null);
        assertThat(beans.get(ClaimService.class).claim(new Holder("here", "boot"))).isPresent();
    }

    private void startAtOnce() {
        try {
            beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery("update downloads set start_at = null").executeUpdate());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void runNext() {
        beans.get(Runner.class).run(beans.get(ClaimService.class).claim(new Holder("here", "boot")).orElseThrow(), 0, new RunControl());
    }

    private List<DownloadView> parts(DownloadView collection) {
        try {
            return ((List<?>) beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(
                    "select cast(id as varchar) from downloads where parent_id = ?1").setParameter(1, collection.id()).getResultList())).stream()
                    .map(id -> downloads().get(UUID.fromString(id.toString()), owner)).toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private CollectionService collections() {
        return beans.get(CollectionService.class);
    }

    /** The sandbox's item, of a version that Steam then tells, too. */
    private DownloadView fetched() {
        steam.item(ITEM).put("hcontent_file", "1");
        DownloadView first = run(ITEM, null);
        assertThat(first.status()).as(lines(first).toString()).isEqualTo(Status.SUCCESS);
        steam.item(ITEM).put("hcontent_file", first.version());
        return first;
    }

    private void webItem(String id) {
        steam.item(id).put("file_url", web.file("/ugc/" + id + "/", FILE)).put("filename", "maps/a.vpk").put("file_size", FILE.length);
    }

    private DownloadView run(String item, String saveRoot) {
        return run(owner, item, saveRoot);
    }

    private DownloadView run(Caller user, String item, String saveRoot) {
        Claim claim = claimed(user, item, saveRoot);
        beans.get(Runner.class).run(claim, 0, new RunControl());
        return downloads().get(claim.downloadId(), user);
    }

    private Claim claimed(Caller user, String item, String saveRoot) {
        beans.get(SubmitService.class).submit(new SubmitDownload(item, null, saveRoot, null, null), user);
        return beans.get(ClaimService.class).claim(new Holder("here", "boot")).orElseThrow();
    }

    private void quota(Caller user, long bytes) throws Exception {
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(
                "update users set storage_quota_bytes = " + bytes + " where id = '" + user.userId() + "'").executeUpdate());
    }

    private List<String> lines(DownloadView download) {
        return beans.get(DownloadLogService.class).read(download.id(), 0, 1000).orElseThrow().entries().stream()
                .map(entry -> entry.text()).toList();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
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
