package org.wallwhale.steam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.config.SealingConfig;
import org.wallwhale.config.Settings;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.secret.SealingKeys;
import org.wallwhale.secret.Secret;

/** A sealing key's successor, on every database. */
abstract class RotationContract {
    @TempDir
    private Path data;
    private Beans beans;
    private Caller root;

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        beans = new Beans(open(), Map.of("wallwhale.data-dir", data.toString()));
        root = Callers.of(beans.addUser(), "admin:write");
        List.of(AccountService.class, SeatService.class, Rotation.class).forEach(beans::get);
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void accountsAreUsedAndChangedWhileTheirSecretsAreSealedAnewAndNoneIsLost() throws Exception {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ids.add(SteamAccounts.add(beans, "account" + i, "good", "pw-" + i + "-0", null));
        }
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger uses = new AtomicInteger();
        CompletableFuture<Void> use = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                for (int i = 0; i < ids.size(); i++) {
                    assertThat(password(ids.get(i))).startsWith("pw-" + i + "-");
                    uses.incrementAndGet();
                }
            }
        });
        CompletableFuture<Integer> change = CompletableFuture.supplyAsync(() -> {
            int round = 0;
            while (!over.get()) {
                round++;
                for (int i = 0; i < ids.size(); i++) {
                    change(ids.get(i), "account" + i, "pw-" + i + "-" + round);
                }
            }
            return round;
        });
        for (int rotation = 0; rotation < 4; rotation++) {
            int before = uses.get();
            beans.get(Rotation.class).rotate(root);
            while (uses.get() < before + 16) {
                assertThat(use).isNotDone();
                assertThat(change).isNotDone();
            }
        }
        over.set(true);
        use.join();
        int last = change.join();
        beans.get(Rotation.class).resealAll();
        keepNewestKeyOnly();
        for (int i = 0; i < ids.size(); i++) {
            assertThat(password(ids.get(i))).isEqualTo("pw-" + i + "-" + last);
        }
    }

    @Test
    void bothSecretsOfAnAccountGetTheNewKeyAndItsVersionStays() throws IOException {
        AccountView made = beans.get(AccountService.class).create(new AccountWish("main", "good", Secret.of("pw-good"), null, null, null,
                Secret.of("MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=")), root);
        assertThat(beans.get(Rotation.class).resealAll()).as("nothing is outdated").isZero();
        assertThat(beans.get(Rotation.class).rotate(root)).isEqualTo(new RotationView(1));
        keepNewestKeyOnly();
        SeatService.Credentials credentials = beans.get(SeatService.class).credentials(new Seat(made.id(), "main"));
        assertThat(credentials.login().orElseThrow().password()).isEqualTo(Secret.of("pw-good"));
        assertThat(credentials.codes()).isPresent();
        assertThat(credentials.version()).isEqualTo(made.version());
    }

    @Test
    void aKeyFileOfTheOperatorIsNotTouchedButWhatItsOldKeysSealedIsSealedAnew() throws IOException {
        Path file = Files.writeString(data.resolve("ours"), SealingKeys.newLine().reveal());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Settings settings = new Settings(key -> Optional.ofNullable(Map.of("wallwhale.data-dir", data.toString(),
                "wallwhale.secret.sealing-keys-file", file.toString()).get(key)));
        beans.put(SealingConfig.class, new SealingConfig(settings));
        RotationService service = new RotationService(beans.get(AccountRepository.class), beans.get(SealingConfig.class), null);
        assertThatThrownBy(() -> beans.transaction(() -> {
            service.addKey(root);
            return null;
        })).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT));
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void otherKeysThanTheSecretsWereSealedWithRefuseTheStartAndNothingIsMade() throws IOException {
        Rotation rotation = beans.get(Rotation.class);
        rotation.confirmKeys();
        assertThat(data.resolve("secrets/sealing-keys")).as("nothing is sealed yet").doesNotExist();
        SteamAccounts.add(beans, "main", null);
        rotation.confirmKeys();
        Path keys = data.resolve("secrets/sealing-keys");
        String right = Files.readString(keys);
        Files.writeString(keys, SealingKeys.newLine().reveal());
        assertThatThrownBy(rotation::confirmKeys).isInstanceOf(IllegalStateException.class).hasMessageContaining("restore that key from a backup");
        Files.delete(keys);
        assertThatThrownBy(rotation::confirmKeys).isInstanceOf(IllegalStateException.class).hasMessageContaining("missing");
        assertThat(keys).doesNotExist();
        Files.writeString(keys, right);
        rotation.confirmKeys();
    }

    private void keepNewestKeyOnly() throws IOException {
        Path keys = data.resolve("secrets/sealing-keys");
        List<String> lines = Files.readAllLines(keys);
        assertThat(lines).hasSizeGreaterThan(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys))).isEqualTo("rw-------");
        Files.writeString(keys, lines.get(lines.size() - 1) + "\n");
    }

    private String password(UUID account) {
        return beans.get(SeatService.class).credentials(new Seat(account, "any")).login().orElseThrow().password().reveal();
    }

    private void change(UUID id, String alias, String password) {
        beans.get(AccountService.class).change(id, current -> new AccountWish(alias, "good", Secret.of(password), null, AccountStatus.ACTIVE,
                null, null), version -> true, root);
    }
}
