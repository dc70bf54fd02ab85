package org.wallwhale.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.cluster.Instance;
import org.wallwhale.config.DataFolder;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.DownloadService;
import org.wallwhale.download.Failure;
import org.wallwhale.download.Holder;
import org.wallwhale.download.SubmitDownload;

class WorkCleanupTest {
    private static final Failure FAILURE = new Failure("stalled", "Nothing arrived.", "Wait.");
    @TempDir
    private Path folder;
    private TestDatabase database;
    private Beans beans;
    private Caller owner;
    private long nextItem = 3_000_000_000L;

    @BeforeEach
    void open() {
        database = TestDatabase.h2();
        beans = new Beans(database, Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.sandbox.enabled", "true"));
        owner = new Caller(beans.addUser(), Set.of("download:read", "download:write"), Optional.empty(), false);
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void foldersOfLiveDownloadsStay() throws IOException {
        Claim running = claimed();
        Claim waiting = claimed();
        claims().fail(waiting, FAILURE, Optional.of(Duration.ofHours(1)), 1);
        clean();
        assertThat(folder(running)).exists();
        assertThat(folder(waiting)).exists();
    }

    @Test
    void theFolderOfACanceledDownloadGoes() throws IOException {
        Claim claim = claimed();
        downloads().cancel(claim.downloadId(), owner);
        claims().canceled(claim, 143);
        clean();
        assertThat(folder(claim)).doesNotExist();
    }

    @Test
    void theFolderOfADeletedDownloadGoes() throws IOException {
        Claim claim = claimed();
        claims().fail(claim, FAILURE, Optional.empty(), 1);
        downloads().delete(claim.downloadId(), owner);
        clean();
        assertThat(folder(claim)).doesNotExist();
    }

    @Test
    void theFolderOfAFailedDownloadStaysForADay() throws IOException {
        Claim fresh = claimed();
        Claim old = claimed();
        for (Claim claim : new Claim[] {fresh, old}) {
            claims().fail(claim, FAILURE, Optional.empty(), 1);
        }
        Instant yesterday = Instant.now().minus(Duration.ofHours(25));
        database.transaction(entities -> entities.createNativeQuery("update downloads set completed_at = ?1 where id = ?2")
                .setParameter(1, java.sql.Timestamp.from(yesterday)).setParameter(2, old.downloadId()).executeUpdate());
        clean();
        assertThat(folder(fresh)).exists();
        assertThat(folder(old)).doesNotExist();
    }

    @Test
    void whatNobodyKnowsGoesAndForeignNamesStay() throws IOException {
        Path unknown = Files.createDirectories(folder.resolve("work").resolve(UUID.randomUUID() + "-1"));
        Path foreign = Files.createDirectories(folder.resolve("work/" + "-".repeat(36) + "-1"));
        clean();
        assertThat(unknown).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void aFolderThatCannotBeDeletedKeepsNoOtherFromGoing() throws IOException {
        for (int count = 0; count < 3; count++) {
            Files.createDirectories(folder.resolve("work").resolve(UUID.randomUUID() + "-1"));
        }
        WorkFolders stubborn = new WorkFolders(beans.get(DataFolder.class), beans.get(Instance.class)) {
            private boolean refused;

            @Override
            void delete(WorkFolder found) {
                if (!refused) {
                    refused = true;
                    throw new IllegalStateException("It stays");
                }
                super.delete(found);
            }
        };
        beans.put(WorkFolders.class, stubborn);
        clean();
        assertThat(stubborn.all()).hasSize(1);
    }

    @Test
    void withoutADatabaseNothingIsDeletedAndNothingThrown() throws IOException {
        Claim claim = claimed();
        database.close();
        beans.get(WorkCleanup.class).run();
        assertThat(folder(claim)).exists();
    }

    private void clean() {
        beans.get(WorkCleanup.class).run();
    }

    private Claim claimed() throws IOException {
        downloads().submit(new SubmitDownload(String.valueOf(nextItem++), "sandbox", null, null, null), owner);
        Claim claim = claims().claim(new Holder("here", "boot")).orElseThrow();
        Files.createDirectories(beans.get(WorkFolders.class).take(claim).resolve("content/scenes"));
        return claim;
    }

    private Path folder(Claim claim) {
        return folder.resolve("work").resolve(claim.downloadId() + "-" + claim.fence());
    }

    private ClaimService claims() {
        return beans.get(ClaimService.class);
    }

    private DownloadService downloads() {
        return beans.get(DownloadService.class);
    }
}
