package org.wallwhale.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.KeyFile;
import org.wallwhale.config.Settings;

/** What keys and database promise each other on every database. */
abstract class KeyFingerprintsContract {
    private static final KeyFile ONE = new KeyFile("one-key", "all is lost");
    private static final KeyFile OTHER = new KeyFile("other-key", "the rest is lost");
    @TempDir
    private Path root;
    private DataFolder folder;
    private TestDatabase database;

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        folder = folder("data");
        database = open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keysAreMadeOnceAndRecordedWithoutThemselves() {
        confirm(folder, ONE, OTHER);
        byte[] key = folder.key(ONE);
        confirm(folder, ONE, OTHER);
        assertThat(folder.key(ONE)).isEqualTo(key).hasSize(32);
        assertThat(rows()).hasSize(3).noneMatch(row -> row.contains(HexFormat.of().formatHex(key)));
    }

    @Test
    void aKeyThatIsAnotherOrMissingRefusesTheStartWithASentenceEachAndNothingIsChanged() throws IOException {
        confirm(folder, ONE, OTHER);
        List<String> before = rows();
        Files.write(folder.secretFile("one-key"), new byte[32]);
        Files.delete(folder.secretFile("other-key"));
        KeyFile third = new KeyFile("third-key", "nothing is lost");
        assertThatThrownBy(() -> confirm(folder, ONE, OTHER, third))
                .hasMessageContaining(root + "/data/secrets/one-key is not the key that")
                .hasMessageContaining("If it is lost, all is lost; to go on").hasMessageContaining("where name = 'one-key'")
                .hasMessageContaining(root + "/data/secrets/other-key is missing").hasMessageContaining("the rest is lost");
        assertThat(rows()).isEqualTo(before);
        assertThat(folder.secretFile("one-key")).hasBinaryContent(new byte[32]);
        assertThat(folder.secretFile("other-key")).doesNotExist();
        assertThat(folder.secretFile("third-key")).doesNotExist();
    }

    @Test
    void theStatementThatTheRefusalNamesAcceptsAnotherKey() throws IOException {
        confirm(folder, ONE);
        Files.delete(folder.secretFile("one-key"));
        run(catchThrowable(() -> confirm(folder, ONE)).getMessage(), "delete from");
        confirm(folder, ONE);
        assertThat(rows()).hasSize(2);
    }

    @Test
    void anotherFolderIsRefusedEvenWithTheSameKeysAndNothingIsChanged() throws IOException {
        confirm(folder, ONE);
        List<String> before = rows();
        DataFolder copied = folder("copied");
        Files.createDirectories(copied.secretFile("one-key").getParent());
        Files.copy(folder.secretFile("one-key"), copied.secretFile("one-key"));
        assertThatThrownBy(() -> confirm(copied, ONE)).hasMessageStartingWith("The start is refused, and nothing was changed")
                .hasMessageContaining(root + "/copied/folder-id is missing: this database was used with another data folder")
                .hasMessageContaining("WALLWHALE_DATA_DIR").hasMessageEndingWith("set fingerprint = '' where name = 'data-folder'");
        assertThat(copied.idFile()).doesNotExist();
        String id = copied.makeId();
        assertThatThrownBy(() -> confirm(copied, ONE)).hasMessageContaining(root + "/copied/folder-id is another folder's")
                .hasMessageEndingWith("set fingerprint = '" + id + "' where name = 'data-folder'");
        assertThat(rows()).isEqualTo(before);
        confirm(folder, ONE);
    }

    @Test
    void aFreshFolderOfAUsedDatabaseIsRefusedAndStaysEmpty() throws IOException {
        confirm(folder, ONE);
        DataFolder fresh = folder("fresh");
        assertThatThrownBy(() -> confirm(fresh, ONE)).hasMessageContaining("/fresh/folder-id is missing")
                .hasMessageContaining("/fresh/secrets/one-key is missing");
        assertThat(fresh.root()).doesNotExist();
    }

    @Test
    void theStatementThatTheRefusalNamesAcceptsAnotherFolder() throws IOException {
        confirm(folder, ONE);
        DataFolder restored = folder("restored");
        Files.createDirectories(restored.secretFile("one-key").getParent());
        Files.copy(folder.secretFile("one-key"), restored.secretFile("one-key"));
        run(catchThrowable(() -> confirm(restored, ONE)).getMessage(), "update ");
        confirm(restored, ONE);
        run(catchThrowable(() -> confirm(folder, ONE)).getMessage(), "update ");
        confirm(folder, ONE);
        assertThat(catchThrowable(() -> confirm(restored, ONE))).hasMessageContaining("is another folder's");
    }

    @Test
    void aFolderOfAnotherDatabaseIsRefusedUntilItsIdIsDeleted() throws IOException {
        confirm(folder, ONE);
        byte[] key = folder.key(ONE);
        database.close();
        database = open();
        assertThatThrownBy(() -> confirm(folder, ONE)).hasMessageContaining(root + "/data/folder-id says that this folder belongs to another")
                .hasMessageContaining("WALLWHALE_DB_URL").hasMessageEndingWith("delete this file, and database-id next to it.");
        assertThat(rows()).isEmpty();
        Files.delete(folder.idFile());
        assertThatThrownBy(() -> confirm(folder, ONE)).hasMessageContaining("/data/database-id says").hasMessageEndingWith("delete this file.");
        Files.delete(folder.databaseFile());
        confirm(folder, ONE);
        assertThat(folder.key(ONE)).isEqualTo(key);
    }

    @Test
    void aFolderThatWentToAnotherDatabaseIsRefusedUntilItIsTakenBack() throws IOException {
        confirm(folder, ONE);
        List<String> before = rows();
        folder.moveTo("another");
        assertThatThrownBy(() -> confirm(folder, ONE)).hasMessageStartingWith("The start is refused, and nothing was changed")
                .hasMessageContaining(root + "/data/database-id says that this folder belongs to another database").hasMessageContaining("WALLWHALE_DB_URL")
                .hasMessageEndingWith("delete this file.");
        assertThat(rows()).isEqualTo(before);
        Files.delete(folder.databaseFile());
        confirm(folder, ONE);
        assertThat(rows()).contains("database " + folder.database().orElseThrow());
    }

    @Test
    void aDatabaseFromBeforeItHadAnIdIsRefusedOnceItsFolderIsAnothers() throws IOException {
        confirm(folder, ONE);
        forget("database");
        Files.delete(folder.databaseFile());
        confirm(folder, ONE);
        assertThat(folder.database()).isPresent();
        forget("database");
        assertThatThrownBy(() -> confirm(folder, ONE)).hasMessageContaining("/data/database-id says that this folder belongs to another");
        assertThat(rows()).as("nothing was changed").noneMatch(row -> row.startsWith("database "));
    }

    @Test
    void aFolderFromBeforeItHadAnIdGetsOne() throws IOException {
        byte[] key = folder.key(ONE);
        confirm(folder, ONE);
        assertThat(folder.id()).isPresent();
        assertThat(folder.key(ONE)).isEqualTo(key);
    }

    @Test
    void ofInstancesThatStartTogetherWithKeysOfTheirOwnOneStarts() {
        CyclicBarrier together = new CyclicBarrier(4);
        List<CompletableFuture<Optional<Throwable>>> starts = IntStream.range(0, 4).mapToObj(i -> CompletableFuture.supplyAsync(() ->
                Optional.ofNullable(catchThrowable(() -> {
                    DataFolder own = folder("data" + i);
                    together.await();
                    confirm(own, ONE);
                })), command -> new Thread(command).start())).toList();
        assertThat(starts.stream().map(CompletableFuture::join).flatMap(Optional::stream)).hasSize(3)
                .allSatisfy(refusal -> assertThat(refusal).hasMessageContaining("The start is refused"));
        assertThat(rows()).hasSize(2);
    }

    @Test
    void instancesThatShareAFolderStartTogether() {
        CyclicBarrier together = new CyclicBarrier(4);
        CompletableFuture.allOf(IntStream.range(0, 4).mapToObj(i -> CompletableFuture.runAsync(() -> {
            assertThat(catchThrowable(together::await)).isNull();
            confirm(folder, ONE, OTHER);
        }, command -> new Thread(command).start())).toArray(CompletableFuture[]::new)).join();
        assertThat(rows()).hasSize(3);
    }

    /** The statement at the end of a refusal. */
    private void run(String refusal, String from) {
        assertThat(database.<Integer>transaction(entities -> entities.createNativeQuery(
                refusal.substring(refusal.indexOf(from))).executeUpdate())).isOne();
    }

    private void forget(String name) {
        assertThat(database.<Integer>transaction(entities -> entities.createNativeQuery("delete from key_fingerprints where name = '" + name + "'")
                .executeUpdate())).isOne();
    }

    private void confirm(DataFolder data, KeyFile... keys) {
        Database.confirmFolder(database.dataSource(), data, List.of(keys));
    }

    private DataFolder folder(String name) {
        return new DataFolder(new Settings(key -> Optional.of(root.resolve(name).toString())));
    }

    private List<String> rows() {
        return database.transaction(entities -> entities.createNativeQuery(
                "select name || ' ' || fingerprint from key_fingerprints where name <> 'data-folder' order by name").getResultList().stream()
                .map(Objects::toString).toList());
    }
}
