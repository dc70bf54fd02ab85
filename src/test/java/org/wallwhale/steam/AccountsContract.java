package org.wallwhale.steam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.audit.AuditEntryView;
import org.wallwhale.audit.AuditQuery;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.engine.Login;
import org.wallwhale.engine.Reason;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.secret.Secret;

/** What is promised of Steam accounts on every database. */
abstract class AccountsContract {
    private static final LongPredicate ANY = version -> true;
    private static final Secret PASSWORD = Secret.of("pw-good");
    private static final Secret SHARED = Secret.of("MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=");
    @TempDir
    private Path data;
    private Beans beans;
    private AccountService accounts;
    private Caller root;

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        beans = new Beans(open(), Map.of("wallwhale.data-dir", data.toString()));
        accounts = beans.get(AccountService.class);
        root = Callers.of(beans.addUser(), "admin:read", "admin:write");
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void anAccountIsMadeFoundChangedAndDeleted() {
        UUID owner = beans.addUser();
        AccountView made = accounts.create(new AccountWish("main", "good", PASSWORD, "Main", null, owner, SHARED), root);
        assertThat(made.status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(made.ownerId()).isEqualTo(owner);
        assertThat(made.hasSharedSecret()).isTrue();
        assertThat(made.budget()).isEqualTo(80);
        assertThat(made.loginsLastHour()).isZero();
        assertThat(made.nextLoginAt()).isNull();
        assertThat(made.test()).isNull();
        assertThat(accounts.get(made.id())).isEqualTo(made);
        accounts.create(wish("other", "poor"), root);
        assertThat(accounts.list(1, 0).pagination()).isEqualTo(new AccountList.Pagination(2, 1, 0, true));
        assertThat(accounts.list(10, 1).steamUsers()).extracting(AccountView::alias).containsExactly("other");

        AccountView changed = accounts.change(made.id(), current -> new AccountWish("first", "good", null, null, AccountStatus.INACTIVE, null,
                Secret.of("")), version -> version == made.version(), root);
        assertThat(changed.alias()).isEqualTo("first");
        assertThat(changed.status()).isEqualTo(AccountStatus.INACTIVE);
        assertThat(changed.hasSharedSecret()).as("an empty one removes it").isFalse();
        assertThat(login(made.id()).password()).as("left as it was").isEqualTo(PASSWORD);
        demand(Problem.PRECONDITION_FAILED, () -> accounts.change(made.id(), current -> current, version -> version == made.version(), root));
        demand(Problem.PRECONDITION_FAILED, () -> accounts.delete(made.id(), version -> version == made.version(), root));
        accounts.delete(made.id(), ANY, root);
        demand(Problem.NOT_FOUND, () -> accounts.get(made.id()));
        demand(Problem.NOT_FOUND, () -> accounts.delete(made.id(), ANY, root));
    }

    @Test
    void itsSecretsLieSealedAndComeOutOnlyForALogin() {
        AccountView made = accounts.create(new AccountWish("main", "good", PASSWORD, null, null, null, SHARED), root);
        AccountView again = accounts.create(new AccountWish("second", "good", PASSWORD, null, null, null, null), root);
        List<?> stored = beans.get(EntityManager.class).createNativeQuery("select password from steam_accounts union "
                + "select shared_secret from steam_accounts where shared_secret is not null").getResultList();
        assertThat(stored).hasSize(3).allSatisfy(text -> assertThat(text.toString()).startsWith("v1:").doesNotContain("good"));
        assertThat(login(again.id())).isEqualTo(new Login("good", PASSWORD));
        accounts.change(made.id(), current -> new AccountWish("main", "good", Secret.of("another one"), null, AccountStatus.ACTIVE, null, null),
                ANY, root);
        assertThat(login(made.id()).password()).isEqualTo(Secret.of("another one"));
        assertThat(seats().credentials(new Seat(made.id(), "main")).codes()).isPresent();
        assertThat(audited()).extracting(AuditEntryView::action)
                .containsExactlyInAnyOrder("steam-user.password", "steam-user.update", "steam-user.create", "steam-user.create");
        assertThat(audited().toString()).doesNotContain("pw-good", "another one", SHARED.reveal(), "v1:");
    }

    @Test
    void whatSteamCannotHaveIsRefused() {
        accounts.create(wish("main", "good"), root);
        demand(Problem.CONFLICT, () -> accounts.create(wish("main", "poor"), root));
        demand(Problem.INVALID, () -> accounts.create(wish("Sandbox", "good"), root));
        demand(Problem.INVALID, () -> accounts.create(new AccountWish("a", "good", null, null, null, null, null), root));
        demand(Problem.INVALID, () -> accounts.create(new AccountWish("a", "good", PASSWORD, null, null, UUID.randomUUID(), null), root));
        for (String password : List.of("", "x".repeat(65), "schlüssel", "two\nlines")) {
            demand(Problem.UNPROCESSABLE, () -> accounts.create(new AccountWish("a", "good", Secret.of(password), null, null, null, null), root));
        }
        demand(Problem.UNPROCESSABLE, () -> accounts.create(new AccountWish("a", "good", PASSWORD, null, null, null, Secret.of("short")), root));
        assertThat(accounts.list(10, 0).pagination().total()).isEqualTo(1);
        demand(Problem.INVALID, () -> accounts.change(accounts.list(1, 0).steamUsers().get(0).id(), current ->
                new AccountWish("main", "good", null, null, null, null, null), ANY, root));
    }

    @Test
    void anAccountOfSomebodyIsForThatOneAndAdministrators() throws Exception {
        UUID owner = beans.addUser();
        UUID administrator = beans.addUser();
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery("update users set role = 'ADMIN' where id = ?1")
                .setParameter(1, administrator).executeUpdate());
        accounts.create(new AccountWish("mine", "good", PASSWORD, null, null, owner, null), root);
        accounts.create(wish("ours", "good"), root);
        assertThat(accounts.usable("mine", owner)).contains("mine");
        assertThat(accounts.usable("mine", administrator)).contains("mine");
        assertThat(accounts.usable("mine", beans.addUser())).isEmpty();
        assertThat(accounts.usable("ours", beans.addUser())).contains("ours");
        assertThat(accounts.usable("nobody's", administrator)).isEmpty();
    }

    @Test
    void aNewPasswordMakesItWorthATryAgainAndAnOldRunDoesNotTakeThatBack() {
        AccountView made = accounts.create(wish("main", "good"), root);
        Seat seat = new Seat(made.id(), "main");
        SeatService.Credentials before = seats().credentials(seat);
        seats().learn(seat, before, Optional.of(1L), Optional.of(Reason.WRONG_PASSWORD));
        assertThat(accounts.get(made.id()).needsLogin()).isEqualTo("wrong_password");
        accounts.change(made.id(), current -> new AccountWish("main", "good", null, "Name", AccountStatus.ACTIVE, null, null), ANY, root);
        assertThat(accounts.get(made.id()).needsLogin()).as("the password is the same").isEqualTo("wrong_password");
        assertThat(accounts.change(made.id(), current -> new AccountWish("main", "good", Secret.of("new"), null, AccountStatus.ACTIVE, null, null),
                ANY, root).needsLogin()).isNull();
        seats().learn(seat, before, Optional.of(1L), Optional.of(Reason.WRONG_PASSWORD));
        assertThat(accounts.get(made.id()).needsLogin()).isNull();
    }

    @Test
    void itsHomeIsPrivateAndItsSessionIsKeptRestoredAndDropped() throws Exception {
        UUID id = UUID.randomUUID();
        Homes homes = beans.get(Homes.class);
        Path home = homes.of(id);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home))).isEqualTo("rwx------");
        Path session = home.resolve(".local/share/IsolatedStorage/a.b/c.d/Url.x/AssemFiles/account.config");
        homes.keepSession(id);
        Files.createDirectories(session.getParent());
        Files.writeString(session, "good");
        homes.keepSession(id);
        Files.writeString(session, "half");
        homes.restoreSession(id);
        assertThat(session).hasContent("good");
        Files.writeString(session, "better");
        homes.keepSession(id);
        Files.delete(session);
        homes.restoreSession(id);
        assertThat(session).hasContent("better");
        homes.dropSession(id);
        homes.restoreSession(id);
        assertThat(session).as("neither it nor its copy").doesNotExist();
        accounts.dropHome(new AccountChanged(id, false));
        assertThat(home).exists();
        accounts.dropHome(new AccountChanged(id, true));
        assertThat(home).doesNotExist();
    }

    private SeatService seats() {
        return beans.get(SeatService.class);
    }

    private Login login(UUID account) {
        return seats().credentials(new Seat(account, "any")).login().orElseThrow();
    }

    private List<AuditEntryView> audited() {
        return beans.get(AuditService.class).find(AuditQuery.of(null, null, null, null), 100, 0);
    }

    private static AccountWish wish(String alias, String loginName) {
        return new AccountWish(alias, loginName, PASSWORD, null, null, null, null);
    }

    private static void demand(Problem problem, Runnable deed) {
        assertThatThrownBy(deed::run).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
