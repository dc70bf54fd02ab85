package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.access.Limits;
import org.wallwhale.database.TestDatabase;

/** What becomes of the downloads of users who leave, on every database. */
abstract class OwnerContract {
    private static final Holder HERE = new Holder("here", "boot-1");
    private TestDatabase database;
    private Beans beans;
    private DownloadService downloads;
    private OwnerService owners;
    private Caller leaver;
    private Caller other;
    @TempDir
    private Path data;

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        database = open();
        beans = new Beans(database, Map.of("wallwhale.data-dir", data.toString(), "wallwhale.sandbox.enabled", "true"));
        downloads = beans.get(DownloadService.class);
        owners = beans.get(OwnerService.class);
        leaver = Callers.of(beans.addUser(), "download:read", "download:write");
        other = Callers.of(beans.addUser(), "download:read", "download:write");
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void theDownloadsOfAUserWhoIsNotActiveAreCanceledWithTheReasonAndNoOthers() throws Exception {
        UUID running = submit("3000000001", leaver);
        Claim claim = beans.get(ClaimService.class).claim(HERE).orElseThrow();
        UUID queued = submit("3000000002", leaver);
        UUID others = submit("3000000003", other);
        owners.cancelOfInactive();
        assertThat(downloads.get(queued, leaver).status()).as("an active owner's").isEqualTo(Status.QUEUED);

        deactivate(leaver);
        owners.cancelOfInactive();
        DownloadView canceled = downloads.get(queued, leaver);
        assertThat(canceled.status()).isEqualTo(Status.CANCELED);
        assertThat(canceled.error().code()).isEqualTo("owner_inactive");
        assertThat(downloads.get(running, leaver).phase()).isEqualTo(Phase.CANCELING);
        assertThat(downloads.get(others, other).status()).isEqualTo(Status.QUEUED);
        assertThat(beans.get(ClaimService.class).fail(claim, new Failure("stalled", "Nothing arrived.", "Wait."), Optional.empty(), 1)).isTrue();
        assertThat(downloads.get(running, leaver).status()).isEqualTo(Status.CANCELED);
        assertThat(downloads.get(running, leaver).error().code()).isEqualTo("owner_inactive");
    }

    @Test
    void theDownloadsOfARevokedKeyAreCanceledAndNoOthers() throws Exception {
        UUID byToken = submit("3000000001", leaver);
        UUID byKey = submit("3000000002", withKey());
        owners.cancelOfInactive();
        assertThat(downloads.get(byKey, leaver).status()).isEqualTo(Status.QUEUED);
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery("update api_keys set active = false").executeUpdate());
        owners.cancelOfInactive();
        assertThat(downloads.get(byKey, leaver).error().code()).isEqualTo("key_revoked");
        assertThat(downloads.get(byKey, leaver).status()).isEqualTo(Status.CANCELED);
        assertThat(downloads.get(byToken, leaver).status()).isEqualTo(Status.QUEUED);
        downloads.retry(byKey, leaver);
        owners.cancelOfInactive();
        assertThat(downloads.get(byKey, leaver).status()).as("its owner's now, not the key's").isEqualTo(Status.QUEUED);
    }

    @Test
    void aCollectionIsRetriedByTheKeyOfWhoRetriesIt() throws Exception {
        Caller first = withKey();
        UUID collection = submit("3000000009", first);
        Claim claim = beans.get(ClaimService.class).claim(HERE).orElseThrow();
        beans.get(CollectionService.class).expand(claim, List.of("3000000001", "3000000002"));
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery("update api_keys set active = false").executeUpdate());
        owners.cancelOfInactive();
        assertThat(downloads.get(collection, leaver).status()).isEqualTo(Status.CANCELED);
        Caller second = withKey();
        downloads.retry(collection, second);
        assertThat(keys()).containsOnly(second.keyId().orElseThrow().toString());
        owners.cancelOfInactive();
        assertThat(downloads.get(collection, leaver).status()).isEqualTo(Status.RUNNING);
        assertThat(downloads.get(collection, leaver).children()).containsEntry(Status.QUEUED, 2);
    }

    @Test
    void aCollectionIsCanceledAndRetriedWithoutHoldingARowThatWhoeverSortsWhatWaitsNeeds() throws Exception {
        UUID collection = submit("3000000009", leaver);
        beans.get(CollectionService.class).expand(beans.get(ClaimService.class).claim(HERE).orElseThrow(), List.of("3000000001", "3000000002"));
        whileWhatWaitsIsSorted(() -> downloads.cancel(collection, leaver));
        assertThat(downloads.get(collection, leaver).children()).containsEntry(Status.CANCELED, 2);
        whileWhatWaitsIsSorted(() -> downloads.retry(collection, leaver));
        assertThat(downloads.get(collection, leaver).children()).containsEntry(Status.QUEUED, 2);
    }

    private void whileWhatWaitsIsSorted(Runnable change) throws Exception {
        CompletableFuture<Void> changing = database.transaction(entities -> {
            new QueueRepository(entities).lockClaims();
            CompletableFuture<Void> asked = CompletableFuture.runAsync(change);
            while (!database.someoneWaits()) {
                assertThat(asked).isNotDone();
            }
            entities.createNativeQuery("select id from downloads for update nowait").getResultList();
            return asked;
        });
        changing.get();
    }

    @Test
    void aPartThatIsRetriedOpensItsCollectionByTheSameKey() throws Exception {
        UUID collection = submit("3000000009", withKey());
        beans.get(CollectionService.class).expand(beans.get(ClaimService.class).claim(HERE).orElseThrow(), List.of("3000000001"));
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery("update api_keys set active = false").executeUpdate());
        owners.cancelOfInactive();
        Object part = beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(
                "select cast(id as varchar) from downloads where parent_id is not null").getSingleResult());
        downloads.retry(UUID.fromString(part.toString()), leaver);
        owners.cancelOfInactive();
        assertThat(keys()).as("its owner's now").isEmpty();
        assertThat(downloads.get(collection, leaver).status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void aCollectionWhosePartsAreRetriedByTwoKeysOutlivesTheFirst() throws Exception {
        UUID collection = submit("3000000009", leaver);
        beans.get(CollectionService.class).expand(beans.get(ClaimService.class).claim(HERE).orElseThrow(), List.of("3000000001", "3000000002"));
        downloads.cancel(collection, leaver);
        List<?> parts = beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(
                "select cast(id as varchar) from downloads where parent_id is not null").getResultList());
        Caller first = withKey();
        Caller second = withKey();
        downloads.retry(UUID.fromString(parts.get(0).toString()), first);
        downloads.retry(UUID.fromString(parts.get(1).toString()), second);
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery("update api_keys set active = false where id = ?1")
                .setParameter(1, first.keyId().orElseThrow()).executeUpdate());
        owners.cancelOfInactive();
        assertThat(downloads.get(collection, leaver).status()).isEqualTo(Status.RUNNING);
        assertThat(downloads.get(collection, leaver).children()).containsEntry(Status.CANCELED, 1).containsEntry(Status.QUEUED, 1);
    }

    private List<String> keys() throws Exception {
        List<?> keys = beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(
                "select distinct cast(api_key_id as varchar) from downloads where api_key_id is not null").getResultList());
        return keys.stream().map(Object::toString).toList();
    }

    private Caller withKey() throws Exception {
        UUID key = UUID.randomUUID();
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery("""
                insert into api_keys (id, user_id, name, kind, prefix, last_four, hash, scopes, active, created_at)
                values (?1, ?2, 'k', 'live', 'p', 'l', ?3, 'download:*', true, current_timestamp)""")
                .setParameter(1, key).setParameter(2, leaver.userId()).setParameter(3, key.toString()).executeUpdate());
        return new Caller(leaver.actor().as(leaver.userId(), Optional.of(key)), leaver.scopes(), false, Limits.DEFAULTS,
                Optional.of(Limits.DEFAULTS), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    @Test
    void aDownloadIsCanceledOnceOnly() throws Exception {
        UUID id = submit("3000000001", leaver);
        beans.get(ClaimService.class).claim(HERE).orElseThrow();
        deactivate(leaver);
        owners.cancelOfInactive();
        List<String> lines = lines(id);
        owners.cancelOfInactive();
        assertThat(lines(id)).isEqualTo(lines).filteredOn(line -> line.contains("deactivated")).hasSize(1);
    }

    private UUID submit(String item, Caller owner) {
        return beans.get(SubmitService.class).submit(new SubmitDownload(item, "sandbox", null, null, null), owner).id();
    }

    private List<String> lines(UUID id) throws Exception {
        return beans.transaction(() -> beans.get(LogRepository.class).after(id, 0, 100).stream().map(LogLine::text).toList());
    }

    private void deactivate(Caller user) throws Exception {
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery("update users set active = false where id = ?1")
                .setParameter(1, user.userId()).executeUpdate());
    }
}
