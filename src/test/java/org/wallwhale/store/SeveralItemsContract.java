package org.wallwhale.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.database.CountedStatements;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.download.BatchService;
import org.wallwhale.download.BatchView;
import org.wallwhale.download.BatchView.Result;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.CollectionService;
import org.wallwhale.download.Delivery;
import org.wallwhale.download.DownloadService;
import org.wallwhale.download.Holder;
import org.wallwhale.download.Status;
import org.wallwhale.download.SubmitBatch;
import org.wallwhale.download.SubmitDownload;
import org.wallwhale.download.SubmitService;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/** Batches and collections: what becomes of each line, and the one zip of all. */
abstract class SeveralItemsContract {
    @TempDir
    private Path folder;
    private Beans beans;
    private Caller owner;

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        open(open());
    }

    private void open(TestDatabase database) {
        beans = new Beans(database, Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.sandbox.enabled", "true",
                "wallwhale.store.min-free-bytes", "0"));
        owner = Callers.of(beans.addUser(), "download:read", "download:write");
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void everyLineOfABatchHasItsResult() {
        UUID live = beans.get(SubmitService.class).submit(line("3000000001"), owner).id();
        BatchView batch = submit(line("3000000002"), line("https://steamcommunity.com/sharedfiles/filedetails/?id=3000000002"), line("3000000001"),
                line("nonsense"), null, new SubmitDownload("3000000003", "sandbox", null, 101, null), new SubmitDownload(" ", null, null, null, null));
        assertThat(batch.items()).extracting(BatchView.Line::result).containsExactly(Result.ACCEPTED, Result.DUPLICATE, Result.DUPLICATE,
                Result.INVALID, Result.INVALID, Result.INVALID, Result.INVALID);
        assertThat(batch.items()).extracting(BatchView.Line::line).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(batch.items().get(1).downloadId()).isEqualTo(batch.items().get(0).downloadId());
        assertThat(batch.items().get(2).downloadId()).isEqualTo(live);
        assertThat(batch.items().get(3).code()).isEqualTo("invalid");
        assertThat(batch.items().get(3).message()).startsWith("This is neither an id");
        assertThat(batch.children()).containsEntry(Status.QUEUED, 2);
        assertThat(batches().get(batch.id(), owner)).isEqualTo(batch);
    }

    @Test
    void aLineBeyondALimitHindersNoOther() throws Exception {
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(
                "update users set downloads_daily = 1 where id = '" + owner.userId() + "'").executeUpdate());
        BatchView batch = submit(line("3000000001"), line("3000000002"), line("3000000001"));
        assertThat(batch.items()).extracting(BatchView.Line::result).containsExactly(Result.ACCEPTED, Result.INVALID, Result.DUPLICATE);
        assertThat(batch.items().get(1).code()).isEqualTo("too_many_requests");
        assertThat(batches().get(batch.id(), owner).items().get(0).status()).isEqualTo(Status.QUEUED);
    }

    @Test
    void aBatchIsOneZipOfWhatItHas() throws Exception {
        BatchView batch = submit(line("3000000001"), line("3000000002"), line("3000000003"));
        assertThatThrownBy(() -> served().takeBatch(batch.id(), owner)).isInstanceOf(ProblemException.class);
        String first = finishNext();
        String second = finishNext();
        assertThat(entries(served().takeBatch(batch.id(), owner))).isEqualTo(Map.of(first + "/maps/a.txt", first,
                first + "/b.txt", "b", second + "/maps/a.txt", second, second + "/b.txt", "b"));
        assertThat(batches().get(batch.id(), owner).children()).containsEntry(Status.SUCCESS, 2).containsEntry(Status.QUEUED, 1);
        beans.get(DownloadService.class).delete(batch.items().stream()
                .filter(line -> line.pubfileId().equals(first)).findFirst().orElseThrow().downloadId(), owner);
        assertThat(batches().get(batch.id(), owner).items()).as("it was deleted").filteredOn(line -> line.downloadId() == null).hasSize(1);
        assertThat(entries(served().takeBatch(batch.id(), owner))).hasSize(2);
    }

    @Test
    void contentsOfOneIdHaveAFolderEach() throws Exception {
        BatchView batch = submit(line("3000000001"), new SubmitDownload("3000000001", null, null, null, null),
                new SubmitDownload("3000000001", "sandbox", null, 1, null));
        assertThat(batch.items()).extracting(BatchView.Line::result).containsExactly(Result.ACCEPTED, Result.ACCEPTED, Result.DUPLICATE);
        for (Claim claim : List.of(claimed(), claimed())) {
            finish(claim, claim.source().name());
        }
        Map<String, String> entries = entries(served().takeBatch(batch.id(), owner));
        assertThat(entries).containsOnlyKeys("3000000001/maps/a.txt", "3000000001/b.txt", "3000000001-2/maps/a.txt", "3000000001-2/b.txt");
        assertThat(entries).containsEntry("3000000001-2/maps/a.txt", "SANDBOX").containsEntry("3000000001/maps/a.txt", "STEAM");
    }

    @Test
    void aZipOfManyItemsTakesNoMoreStatementsThanOneOfFew() throws Exception {
        CountedStatements statements = new CountedStatements();
        close();
        open(statements.open());
        BatchView batch = submit(IntStream.range(0, 9).mapToObj(i -> line(String.valueOf(3_000_000_000L + i))).toArray(SubmitDownload[]::new));
        String first = finishNext();
        int zipOfOne = statements.of(() -> served().takeBatch(batch.id(), owner));
        UUID id = beans.get(SubmitService.class).submit(new SubmitDownload("3000000099", "sandbox", null, 100, null), owner).id();
        beans.get(CollectionService.class).expand(claimed(), List.of("3000000090", "3000000091", "3000000092"));
        String part = finishNext();
        int filesOfOne = statements.of(() -> served().find(id, owner));
        int oneFile = statements.of(() -> served().find(id, part + "/b.txt", owner));
        for (int left = 10; left > 0; left--) {
            finishNext();
        }
        assertThat(served().takeBatch(batch.id(), owner).files()).hasSize(18);
        assertThat(served().find(id, owner).files()).hasSize(6);
        assertThat(first).isNotEqualTo(part);
        assertThat(statements.of(() -> served().takeBatch(batch.id(), owner))).isEqualTo(zipOfOne);
        assertThat(statements.of(() -> served().find(id, owner))).isEqualTo(filesOfOne);
        assertThat(statements.of(() -> served().find(id, part + "/b.txt", owner))).isEqualTo(oneFile);
    }

    @Test
    void anOldBatchGoesWhenNothingIsToBeHadByItAnyLonger() throws Exception {
        BatchView batch = submit(line("3000000001"), line("3000000002"));
        BatchView young = submit(line("3000000003"));
        execute("update batches set created_at = created_at - interval '31' day where id = '" + batch.id() + "'");
        finishNext();
        beans.get(StoreCleanup.class).run();
        assertThat(batches().get(batch.id(), owner).items()).as("one is queued").hasSize(2);
        finishNext();
        beans.get(StoreCleanup.class).run();
        assertThat(batches().get(batch.id(), owner).items()).as("both have content").hasSize(2);
        execute("update downloads set expires_at = created_at");
        beans.get(StoreCleanup.class).run();
        assertThatThrownBy(() -> batches().get(batch.id(), owner)).isInstanceOf(ProblemException.class);
        assertThat(batches().get(young.id(), owner).items()).hasSize(1);
    }

    private void execute(String sql) throws Exception {
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(sql).executeUpdate());
    }

    @Test
    void somebodyElsesBatchIsNotThere() {
        BatchView batch = submit(line("3000000001"));
        Caller stranger = Callers.of(beans.addUser(), "download:read");
        assertThatThrownBy(() -> batches().get(batch.id(), stranger)).isInstanceOfSatisfying(ProblemException.class,
                none -> assertThat(none.problem()).isEqualTo(Problem.NOT_FOUND));
        assertThatThrownBy(() -> served().takeBatch(batch.id(), stranger)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aCollectionIsOneZipAndEachOfItsFilesIsThere() throws Exception {
        UUID id = beans.get(SubmitService.class).submit(line("3000000009"), owner).id();
        Claim claim = claimed();
        assertThat(beans.get(CollectionService.class).expand(claim, List.of("3000000001", "3000000002"))).isTrue();
        assertThatThrownBy(() -> served().find(id, owner)).isInstanceOf(ProblemException.class);
        String first = finishNext();
        Served served = served().find(id, owner);
        assertThat(entries(served)).containsOnlyKeys(first + "/maps/a.txt", first + "/b.txt");
        finishNext();
        assertThat(entries(served().find(id, owner))).hasSize(4);
        Served one = served().find(id, "3000000002/maps/a.txt", owner);
        try (InputStream in = one.files().get(0).open(0, 10, one::locate)) {
            assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("3000000002");
        }
        assertThatThrownBy(() -> served().find(id, "3000000003/b.txt", owner)).isInstanceOf(ProblemException.class);
    }

    private BatchView submit(SubmitDownload... lines) {
        return batches().submit(new SubmitBatch(Arrays.asList(lines)), owner);
    }

    private static SubmitDownload line(String urlOrId) {
        return new SubmitDownload(urlOrId, "sandbox", null, null, null);
    }

    private Claim claimed() {
        return beans.get(ClaimService.class).claim(new Holder("here", "boot")).orElseThrow();
    }

    private String finishNext() throws Exception {
        Claim claim = claimed();
        finish(claim, claim.pubfileId());
        return claim.pubfileId();
    }

    /** As a run ends. */
    private void finish(Claim claim, String text) throws Exception {
        Path content = folder.resolve("work").resolve(claim.downloadId().toString());
        Files.createDirectories(content.resolve("maps"));
        Files.writeString(content.resolve("maps/a.txt"), text);
        Files.writeString(content.resolve("b.txt"), "b");
        Arrival arrival = store().scan(new ContentKey(claim.source().name().toLowerCase(Locale.ROOT), claim.appId(), claim.pubfileId(), "1"), claim.fence(), content,
                List.of("b.txt", "maps/a.txt"));
        store().takeIn(arrival, content);
        beans.transaction(() -> beans.get(ClaimService.class).succeed(claim, new Delivery(store().register(arrival, Optional.empty()), "1",
                arrival.sizeBytes(), Optional.empty()), List.of(), 0));
    }

    private static Map<String, String> entries(Served served) throws IOException {
        ZipView view = new ZipView(served.files());
        Map<String, String> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(view.open(0, view.length(), served::locate))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    private BatchService batches() {
        return beans.get(BatchService.class);
    }

    private ServedService served() {
        return beans.get(ServedService.class);
    }

    private StoreService store() {
        return beans.get(StoreService.class);
    }
}
