package org.wallwhale.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.download.BatchService;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.Delivery;
import org.wallwhale.download.DownloadService;
import org.wallwhale.download.DownloadView;
import org.wallwhale.download.Holder;
import org.wallwhale.download.SubmitDownload;
import org.wallwhale.download.SubmitService;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

class StoreCleanupTest {
    private static final Duration OVER = Duration.ofSeconds(-1);
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final String NAME = "Größe 壁紙/🐋.pkg";
    private final Map<String, String> settings = new HashMap<>();
    @TempDir
    private Path folder;
    private TestDatabase database;
    private Beans beans;
    private Caller owner;

    @BeforeEach
    void open() {
        settings.putAll(Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.sandbox.enabled", "true",
                "wallwhale.store.min-free-bytes", "0"));
        database = TestDatabase.h2();
        beans = new Beans(database, settings);
        owner = Callers.of(beans.addUser(), "download:read", "download:write");
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void contentPastItsTimeGoesWithRowsAndFiles() throws Exception {
        UUID over = stored("3000000000", OVER);
        UUID kept = stored("3000000001", A_DAY);
        clean();
        assertGone(over, "3000000000");
        assertThere(kept, "3000000001");
        assertThat(rows("content_files")).isEqualTo(2);
    }

    @Test
    void contentWithoutATimeStaysForEver() throws Exception {
        UUID kept = stored("3000000000", null);
        clean();
        assertThere(kept, "3000000000");
    }

    @Test
    void contentThatAnotherDownloadKeepsStays() throws Exception {
        UUID over = stored("3000000000", OVER);
        UUID kept = stored("3000000000", A_DAY);
        clean();
        assertThere(over, "3000000000");
        assertThere(kept, "3000000000");
    }

    @Test
    void contentOfADeletedDownloadGoes() throws Exception {
        UUID id = stored("3000000000", null);
        downloads().delete(id, owner);
        clean();
        assertThat(content("3000000000")).isEmpty();
        assertThat(rows("contents") + rows("content_files")).isZero();
    }

    @Test
    void aDownloadWhoseContentWentCanBeRetried() throws Exception {
        UUID id = stored("3000000000", OVER);
        clean();
        downloads().retry(id, owner);
        finish(beans.get(ClaimService.class).claim(new Holder("here", "boot")).orElseThrow(), A_DAY);
        clean();
        assertThere(id, "3000000000");
    }

    @Test
    void onAFullDiskAllContentGoesInTheEnd() throws Exception {
        UUID id = stored("3000000000", A_DAY);
        settings.put("wallwhale.store.min-free-bytes", String.valueOf(Long.MAX_VALUE));
        clean();
        assertGone(id, "3000000000");
    }

    @Test
    void theOldestContentGoesUntilTheDiskHasEnough() throws Exception {
        List<String> items = List.of("3000000003", "3000000001", "3000000002");
        List<UUID> ids = List.of(stored(items.get(0), A_DAY), stored(items.get(1), A_DAY), stored(items.get(2), null));
        for (int age = 0; age < items.size(); age++) {
            String item = items.get(age);
            Instant made = Instant.now().minus(Duration.ofHours(10 - age));
            database.transaction(entities -> entities
                    .createNativeQuery("update contents set created_at = ?1 where pubfile_id = ?2")
                    .setParameter(1, java.sql.Timestamp.from(made)).setParameter(2, item).executeUpdate());
        }
        settings.put("wallwhale.store.min-free-bytes", "15");
        beans.put(StoreFolder.class, new SmallDisk(beans.get(DataFolder.class), 30));
        clean();
        assertGone(ids.get(0), items.get(0));
        assertGone(ids.get(1), items.get(1));
        assertThere(ids.get(2), items.get(2));
    }

    @Test
    void aDiskThatGetsNoRoomCostsNoMoreContentThanItLacks() throws Exception {
        UUID first = stored("3000000000", A_DAY);
        UUID second = stored("3000000001", A_DAY);
        settings.put("wallwhale.store.min-free-bytes", "10");
        beans.put(StoreFolder.class, new FullDisk(beans.get(DataFolder.class)));
        clean();
        assertGone(first, "3000000000");
        assertThere(second, "3000000001");
    }

    @Test
    void aFolderThatCannotBeDeletedCostsNoFurtherContent() throws Exception {
        UUID bad = stored("3000000000", A_DAY);
        UUID good = stored("3000000001", A_DAY);
        settings.put("wallwhale.store.min-free-bytes", String.valueOf(Long.MAX_VALUE));
        beans.put(StoreFolder.class, new StubbornDisk(beans.get(DataFolder.class), "3000000000"));
        clean();
        assertServedNoMore(bad);
        assertThere(good, "3000000001");
    }

    @Test
    void aCleanupKilledHalfwayLeavesNothingThatIsServed() throws Exception {
        UUID id = stored("3000000000", OVER);
        assertThat(beans.get(CleanupService.class).removeExpired(Instant.EPOCH)).isPresent();
        assertServedNoMore(id);
        assertThat(content("3000000000")).hasSize(1);
        age(content("3000000000").get(0));
        clean();
        assertThat(content("3000000000")).isEmpty();
    }

    @Test
    void foldersWithoutARowGoOnlyWhenTheyAreOld() throws Exception {
        Path young = Files.createDirectories(folder.resolve("store/sandbox/431960/3000000000/1-1"));
        Path old = Files.createDirectories(folder.resolve("store/sandbox/431960/3000000000/1-2/deep"));
        Files.writeString(old.resolve(NAME.substring(NAME.indexOf('/') + 1)), "x");
        age(old.getParent());
        UUID kept = stored("3000000001", null);
        age(content("3000000001").get(0));
        clean();
        assertThat(young).exists();
        assertThat(old.getParent()).doesNotExist();
        assertThere(kept, "3000000001");
    }

    @Test
    void whatTookLongToFetchIsNotSweptOnItsWayToItsRow() throws Exception {
        Claim claim = claimed("3000000000");
        Path content = files(claim);
        age(content);
        Arrival arrival = takeIn(claim, content);
        clean();
        settle(claim, arrival, null);
        assertThere(claim.downloadId(), "3000000000");
    }

    /** An instance whose clock is hours behind the others' wrote it, or its row waited for hours for the database. */
    @Test
    void whateverTheClocksSayNothingIsSweptOnItsWayToItsRow() throws Exception {
        Claim claim = claimed("3000000000");
        Arrival arrival = takeIn(claim, files(claim));
        age(content("3000000000").get(0));
        clean();
        settle(claim, arrival, null);
        assertThere(claim.downloadId(), "3000000000");
    }

    @Test
    void whatAnOvertakenRunLeftIsSwept() throws Exception {
        Claim claim = claimed("3000000000");
        takeIn(claim, files(claim));
        beans.get(ClaimService.class).giveBack(claim);
        age(content("3000000000").get(0));
        clean();
        assertThat(content("3000000000")).isEmpty();
    }

    @Test
    void whatIsGoneFromTheDiskIsNoContent() throws Exception {
        Claim claim = claimed("3000000000");
        Arrival arrival = takeIn(claim, files(claim));
        DataFolder.deleteTree(content("3000000000").get(0));
        assertThatThrownBy(() -> settle(claim, arrival, null)).isInstanceOf(IllegalStateException.class);
        assertThat(rows("contents")).isZero();
    }

    @Test
    void whatIsSweptAfterItWasLookedAtIsNoContent() throws Exception {
        Claim claim = claimed("3000000000");
        Arrival arrival = takeIn(claim, files(claim));
        assertThat(store().lostCopy(arrival)).isEmpty();
        beans.get(ClaimService.class).giveBack(claim);
        age(content("3000000000").get(0));
        clean();
        assertThatThrownBy(() -> beans.transaction(() -> store().register(arrival, Optional.empty()))).isInstanceOf(IllegalStateException.class);
        assertThat(rows("contents")).isZero();
    }

    @Test
    void aFolderThatCannotBeDeletedKeepsNoOtherFromGoing() throws Exception {
        UUID bad = stored("3000000000", OVER);
        UUID good = stored("3000000001", OVER);
        Path old = Files.createDirectories(folder.resolve("store/sandbox/431960/3000000002/1-2"));
        age(old);
        age(content("3000000000").get(0));
        beans.put(StoreFolder.class, new StubbornDisk(beans.get(DataFolder.class), "3000000000"));
        clean();
        assertServedNoMore(bad);
        assertGone(good, "3000000001");
        assertThat(old).doesNotExist();
    }

    @Test
    void foldersLeftEmptyGoToo() throws Exception {
        stored("3000000000", OVER);
        UUID kept = stored("3000000001", A_DAY);
        Files.createDirectories(folder.resolve("store/steam/4000/3000000000"));
        clean();
        assertThat(folder.resolve("store/sandbox/431960/3000000000")).doesNotExist();
        assertThat(folder.resolve("store/steam")).doesNotExist();
        assertThere(kept, "3000000001");
        downloads().delete(kept, owner);
        clean();
        assertThat(folder.resolve("store")).isEmptyDirectory();
    }

    @Test
    void contentArrivesInAFolderThatACleanupRemovesAtThatMoment() throws Exception {
        StoreFolder disk = beans.get(StoreFolder.class);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            Future<?> cleanup = one.submit(() -> {
                while (!over.get()) {
                    disk.deleteEmpty();
                }
                return null;
            });
            for (int fence = 0; fence < 500; fence++) {
                Path content = Files.createDirectories(folder.resolve("work/" + fence));
                Files.writeString(content.resolve("a.txt"), "1");
                Arrival arrival = store().scan(new ContentKey("sandbox", fence, "3000000000", "1"), fence, content, List.of("a.txt"));
                disk.takeIn(arrival, content);
                assertThat(disk.of(arrival.folder()).resolve("a.txt")).hasContent("1");
                disk.delete(arrival.folder());
            }
            over.set(true);
            cleanup.get();
        } finally {
            over.set(true);
            one.shutdown();
        }
    }

    @Test
    void withoutADatabaseNothingIsTouchedAndNothingThrown() throws Exception {
        stored("3000000000", OVER);
        age(content("3000000000").get(0));
        database.close();
        clean();
        assertThat(content("3000000000")).hasSize(1);
    }

    @Test
    void severalInstancesCleanAtTheSameMoment() throws Exception {
        for (int item = 0; item < 20; item++) {
            downloads().delete(stored(String.valueOf(3_000_000_000L + item), OVER), owner);
            stored(String.valueOf(3_100_000_000L + item), OVER);
        }
        StoreCleanup cleanup = beans.get(StoreCleanup.class);
        ExecutorService four = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> runs = Stream.<Future<?>>generate(() -> four.submit(cleanup::run)).limit(4).toList();
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            four.shutdown();
        }
        clean();
        assertThat(rows("contents") + rows("content_files")).isZero();
        try (Stream<Path> left = Files.walk(folder.resolve("store"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private void clean() {
        StoreConfig config = new StoreConfig(beans.get(Settings.class));
        new StoreCleanup(beans.get(CleanupService.class), beans.get(BatchService.class), beans.get(StoreFolder.class), config).run();
    }

    private UUID stored(String item, Duration kept) throws Exception {
        Claim claim = claimed(item);
        finish(claim, kept);
        return claim.downloadId();
    }

    private Claim claimed(String item) {
        beans.get(SubmitService.class).submit(new SubmitDownload(item, "sandbox", null, null, null), owner);
        return beans.get(ClaimService.class).claim(new Holder("here", "boot")).orElseThrow();
    }

    private void finish(Claim claim, Duration kept) throws Exception {
        settle(claim, takeIn(claim, files(claim)), kept);
    }

    private Path files(Claim claim) throws IOException {
        Path content = folder.resolve("work").resolve(claim.downloadId() + "-" + claim.fence());
        Files.createDirectories(content.resolve(NAME).getParent());
        Files.writeString(content.resolve(NAME), "1234");
        Files.writeString(content.resolve("project.json"), "123456");
        return content;
    }

    private Arrival takeIn(Claim claim, Path content) throws IOException {
        ContentKey key = new ContentKey("sandbox", claim.appId(), claim.pubfileId(), "1");
        Arrival arrival = store().scan(key, claim.fence(), content, List.of("project.json", NAME));
        store().takeIn(arrival, content);
        return arrival;
    }

    private void settle(Claim claim, Arrival arrival, Duration kept) throws Exception {
        Optional<String> lostCopy = store().lostCopy(arrival);
        assertThat(beans.transaction(() -> beans.get(ClaimService.class).succeed(claim,
                new Delivery(store().register(arrival, lostCopy), "1", arrival.sizeBytes(), Optional.ofNullable(kept)),
                List.of(), 0))).isTrue();
        store().dropIfUnused(arrival);
    }

    private void assertGone(UUID id, String item) throws IOException {
        assertServedNoMore(id);
        assertThat(content(item)).isEmpty();
    }

    private void assertServedNoMore(UUID id) {
        DownloadView view = downloads().get(id, owner);
        assertThat(view.contentAvailable()).isFalse();
        assertThatThrownBy(() -> served().find(id, owner)).isInstanceOfSatisfying(ProblemException.class,
                gone -> assertThat(gone.problem()).isEqualTo(Problem.GONE));
    }

    private void assertThere(UUID id, String item) throws IOException {
        assertThat(downloads().get(id, owner).contentAvailable()).isTrue();
        Served served = served().find(id, owner);
        assertThat(served.root()).isEqualTo(content(item).get(0));
        assertThat(served.root().resolve(NAME)).hasContent("1234");
        assertThat(served().find(id, NAME, owner).files()).singleElement().isEqualTo(served.files().get(1));
        assertThatThrownBy(() -> served().find(id, NAME + "x", owner)).isInstanceOfSatisfying(ProblemException.class,
                none -> assertThat(none.problem()).isEqualTo(Problem.NOT_FOUND));
    }

    private List<Path> content(String item) throws IOException {
        Path parent = folder.resolve("store/sandbox/431960").resolve(item);
        if (!Files.exists(parent)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(parent)) {
            return versions.toList();
        }
    }

    private long rows(String table) {
        return database.transaction(entities -> ((Number) entities.createNativeQuery("select count(*) from " + table)
                .getSingleResult()).longValue());
    }

    private static void age(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }

    private DownloadService downloads() {
        return beans.get(DownloadService.class);
    }

    private ServedService served() {
        return beans.get(ServedService.class);
    }

    private StoreService store() {
        return beans.get(StoreService.class);
    }

    /** A disk of a few bytes that holds the store alone. */
    private static final class SmallDisk extends StoreFolder {
        private final long bytes;

        private SmallDisk(DataFolder folder, long bytes) {
            super(folder);
            this.bytes = bytes;
        }

        @Override
        long freeBytes() throws IOException {
            try (Stream<Path> files = Files.walk(of("")).filter(Files::isRegularFile)) {
                return bytes - files.mapToLong(SmallDisk::size).sum();
            }
        }

        private static long size(Path file) {
            try {
                return Files.size(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A disk that somebody else fills. */
    private static final class FullDisk extends StoreFolder {
        private FullDisk(DataFolder folder) {
            super(folder);
        }

        @Override
        long freeBytes() {
            return 0;
        }
    }

    /** A disk that does not let go of one item. */
    private static final class StubbornDisk extends StoreFolder {
        private final String item;

        private StubbornDisk(DataFolder folder, String item) {
            super(folder);
            this.item = item;
        }

        @Override
        void delete(String name) throws IOException {
            if (name.contains(item)) {
                throw new IOException("It stays");
            }
            super.delete(name);
        }
    }
}
