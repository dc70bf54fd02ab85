package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.nimbusds.jwt.SignedJWT;
import jakarta.validation.Validator;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.audit.Actor;
import org.wallwhale.audit.AuditEntryView;
import org.wallwhale.audit.AuditQuery;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.rest.Json;
import org.wallwhale.rest.MergePatch;
import org.wallwhale.secret.Secret;

/** What is promised of users on every database. */
abstract class UsersContract {
    private static final Actor STRANGER = Actor.stranger("192.0.2.1", "r");
    private static final LongPredicate ANY = version -> true;
    private static final String ROOT = "root@example.org";
    /** Finds nothing: no implementation of Bean Validation is among the tests' libraries. */
    private static final Validator VALIDATOR = (Validator) Proxy.newProxyInstance(UsersContract.class.getClassLoader(),
            new Class<?>[] {Validator.class}, (proxy, method, arguments) -> Set.of());
    private static final Secret PASSWORD = Secret.of("teapot lantern gravel sixty");
    private Beans beans;
    private UserService users;
    private AdministratorService administrators;
    private AccessService access;
    private AuthService auth;
    private Caller root;
    @TempDir
    private Path data;

    abstract TestDatabase open();

    @BeforeEach
    void start() throws Exception {
        beans = new Beans(open(), Map.of("wallwhale.data-dir", data.toString(), "wallwhale.access.bcrypt-cost", "4"));
        users = beans.get(UserService.class);
        administrators = beans.get(AdministratorService.class);
        access = beans.get(AccessService.class);
        auth = beans.get(AuthService.class);
        UserView made = beans.transaction(() -> users.createFirstAdministrator(ROOT, PASSWORD, false, Actor.server()));
        root = caller(made.id(), Role.ADMIN);
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void aUserIsMadeFoundChangedAndDeleted() {
        UserView made = users.create(wish(" Ann_1@Example.org ", Role.USER, true, PASSWORD), root).user();
        assertThat(made.email()).isEqualTo("ann_1@example.org");
        assertThat(made.mustChangePassword()).isFalse();
        assertThat(users.list("", 1, 0).pagination()).isEqualTo(new UserList.Pagination(2, 1, 0, true));
        assertThat(users.list("NN_1@", 10, 0).users()).extracting(UserView::id).containsExactly(made.id());
        assertThat(users.list("nnx1@", 10, 0).users()).as("_ is no wild card").isEmpty();
        assertThat(users.get(made.id()).lastLoginAt()).isNull();
        auth.login("ann_1@example.org", PASSWORD, STRANGER);
        assertThat(users.get(made.id()).lastLoginAt()).isNotNull();
        assertThat(users.get(made.id()).version()).as("a login is no change").isEqualTo(made.version());

        UserView changed = users.change(made.id(), current -> new UserWish("ann@example.org", Role.ADMIN, true, null, null,
                new Limits(5, null, null, 0, null, 2, null), 1_000_000L), ANY, root);
        assertThat(changed.limits()).isEqualTo(new Limits(5, null, null, 0, null, 2, null));
        assertThat(changed.storageQuotaBytes()).isEqualTo(1_000_000L);
        assertThat(users.get(made.id())).isEqualTo(changed);
        assertThat(changed.version()).isGreaterThan(made.version());

        users.delete(made.id(), ANY, root);
        demand(Problem.NOT_FOUND, () -> users.get(made.id()));
        demand(Problem.NOT_FOUND, () -> users.delete(made.id(), ANY, root));
        assertThat(users.list("", 10, 0).users()).hasSize(1);
        demand(Problem.UNAUTHENTICATED, () -> auth.login("ann@example.org", PASSWORD, STRANGER));
        demand(Problem.UNAUTHENTICATED, () -> auth.login("deleted:" + made.id(), Secret.of(""), STRANGER));
        assertThat(users.create(wish("ann@example.org", Role.USER, true, PASSWORD), root).user().id()).isNotEqualTo(made.id());
    }

    @Test
    void anOlderTokenOfAnotherIssuerDoesNotBringAnOlderRoleBack() {
        Instant issued = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Caller admin = external(Role.ADMIN, issued);
        assertThat(users.get(admin.userId()).role()).isEqualTo(Role.ADMIN);
        external(Role.USER, issued.plusSeconds(1));
        assertThat(users.get(admin.userId()).role()).isEqualTo(Role.USER);
        external(Role.ADMIN, issued);
        external(Role.ADMIN, Instant.EPOCH);
        assertThat(users.get(admin.userId()).role()).isEqualTo(Role.USER);
        external(Role.USER, issued.plusSeconds(3));
        external(Role.ADMIN, issued.plusSeconds(2));
        assertThat(users.get(admin.userId()).role()).as("a newer one said the same meanwhile").isEqualTo(Role.USER);
        external(Role.ADMIN, issued.plusSeconds(4));
        assertThat(users.get(admin.userId()).role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void anAddressBelongsToOneUserWhateverItsCase() {
        demand(Problem.CONFLICT, () -> users.create(wish("ROOT@example.org", Role.USER, true, PASSWORD), root));
        UUID ann = users.create(wish("ann@example.org", Role.USER, true, PASSWORD), root).user().id();
        demand(Problem.CONFLICT, () -> users.change(ann, current -> wish(ROOT, Role.USER, true, null), ANY, root));
        assertThat(users.change(ann, current -> wish("Ann@example.org", Role.USER, true, null), ANY, root).email()).isEqualTo("ann@example.org");
    }

    @Test
    void aChangeOfAnOldStateIsRefused() {
        UserView ann = users.create(wish("ann@example.org", Role.USER, true, PASSWORD), root).user();
        users.change(ann.id(), current -> wish("ann@example.org", Role.USER, false, null), version -> version == ann.version(), root);
        demand(Problem.PRECONDITION_FAILED,
                () -> users.change(ann.id(), current -> wish("ann@example.org", Role.USER, true, null), version -> version == ann.version(), root));
        demand(Problem.PRECONDITION_FAILED, () -> users.delete(ann.id(), version -> version == ann.version(), root));
        assertThat(users.get(ann.id()).isActive()).isFalse();
    }

    @Test
    void aPatchChangesWhatItNamesOfTheUserAsItIsByThen() {
        UserView made = users.create(new UserWish("ann@example.org", Role.USER, true, PASSWORD, true,
                new Limits(5, null, null, 0, null, 2, null), 1_000_000L), root).user();
        UserView patched = patch(made.id(), "{'maxConcurrent':null,'rateLimit':7}");
        assertThat(patched.limits()).isEqualTo(new Limits(7, null, null, 0, null, null, null));
        assertThat(patched).usingRecursiveComparison().ignoringFields("limits", "updatedAt", "version").isEqualTo(made);
        assertThat(patched.version()).isGreaterThan(made.version());
        assertThat(users.get(made.id())).isEqualTo(patched);
        UserView left = patch(made.id(), "{'email':'Ann_1@Example.org','password':null,'mustChangePassword':null}");
        assertThat(left.email()).isEqualTo("ann_1@example.org");
        assertThat(left.limits()).isEqualTo(patched.limits());
        assertThat(left.mustChangePassword()).as("as it was").isTrue();
        assertThat(auth.login("ann_1@example.org", PASSWORD, STRANGER).user().id()).isEqualTo(made.id());
        assertThat(patch(made.id(), "{'mustChangePassword':false}").mustChangePassword()).isFalse();
        assertThat(patch(made.id(), "{'password':'quarry hinge ballad moss'}").mustChangePassword()).as("somebody else knows it").isTrue();
        assertThat(login("ann_1@example.org", Secret.of("quarry hinge ballad moss")).scopes()).isEmpty();
        List<AuditEntryView> entries = beans.get(AuditService.class).findAfter(AuditQuery.of(root.userId().toString(), "user.update", null, null),
                null, 100);
        assertThat(entries.get(0).before()).startsWith("{\"rateLimit\":5,\"maxConcurrent\":2,\"updatedAt\":");
        assertThat(entries.get(0).after()).startsWith("{\"rateLimit\":7,\"maxConcurrent\":null,\"updatedAt\":");
        assertThat(entries.toString()).doesNotContain("quarry", "teapot", "$2b$");
    }

    @Test
    void aPatchIsBoundByTheRulesOfAPut() {
        UserView ann = users.create(wish("ann@example.org", Role.USER, true, PASSWORD), root).user();
        demand(Problem.CONFLICT, () -> patch(root.userId(), "{'role':'user'}"));
        demand(Problem.CONFLICT, () -> patch(root.userId(), "{'isActive':false}"));
        demand(Problem.CONFLICT, () -> patch(ann.id(), "{'email':'ROOT@example.org'}"));
        demand(Problem.INVALID, () -> patch(ann.id(), "{'role':null}"));
        demand(Problem.INVALID, () -> patch(ann.id(), "{'isActive':null}"));
        demand(Problem.MALFORMED, () -> patch(ann.id(), "{'id':null}"));
        demand(Problem.UNPROCESSABLE, () -> patch(ann.id(), "{'password':'password1234'}"));
        demand(Problem.NOT_FOUND, () -> patch(UUID.randomUUID(), "{}"));
        demand(Problem.PRECONDITION_FAILED, () -> users.change(ann.id(), patched("{}"), version -> version != ann.version(), root));
        Caller half = Callers.of(root.userId(), Scope.ADMIN_READ, Scope.ADMIN_WRITE);
        demand(Problem.FORBIDDEN, () -> users.change(root.userId(), patched("{'rateLimit':5}"), ANY, half));
        demand(Problem.FORBIDDEN, () -> users.change(ann.id(), patched("{'role':'admin'}"), ANY, half));
        assertThat(users.get(ann.id())).isEqualTo(ann);
    }

    @Test
    void aPutThatForgetsRoleOrActivityIsRefused() {
        UUID ann = users.create(wish("ann@example.org", Role.USER, true, PASSWORD), root).user().id();
        demand(Problem.INVALID, () -> users.change(ann, current -> wish("ann@example.org", null, true, null), ANY, root));
        demand(Problem.INVALID, () -> users.change(ann, current -> wish("ann@example.org", Role.USER, null, null), ANY, root));
    }

    @Test
    void nobodyTakesTheirOwnRightsAwayAndTheLastAdministratorStays() {
        demand(Problem.CONFLICT, () -> users.delete(root.userId(), ANY, root));
        demand(Problem.CONFLICT, () -> users.change(root.userId(), current -> wish(ROOT, Role.USER, true, null), ANY, root));
        demand(Problem.CONFLICT, () -> users.change(root.userId(), current -> wish(ROOT, Role.ADMIN, false, null), ANY, root));
        Caller gone = caller(UUID.randomUUID(), Role.ADMIN);
        demand(Problem.CONFLICT, () -> users.delete(root.userId(), ANY, gone));
        assertThat(users.change(root.userId(), current -> wish("new-" + ROOT, Role.ADMIN, true, null), ANY, root).email()).isEqualTo("new-" + ROOT);
    }

    @Test
    void twoAdministratorsWhoRemoveEachOtherLeaveOne() throws Exception {
        for (int round = 0; round < 10; round++) {
            String address = round + "@example.org";
            UUID other = users.create(wish("other" + address, Role.ADMIN, true, PASSWORD), root).user().id();
            Caller left = root;
            Caller right = caller(other, Role.ADMIN);
            List<Boolean> done = together(List.of(
                    () -> users.change(right.userId(), current -> wish("a" + address, Role.USER, true, null), ANY, left),
                    () -> {
                        users.delete(left.userId(), ANY, right);
                        return null;
                    }));
            assertThat(done).containsExactlyInAnyOrder(true, false);
            root = done.get(0) ? left : right;
            assertThat(users.hasAdministrator()).isTrue();
        }
    }

    @Test
    void aDeletedUsersKeysAreRevokedAndEverythingIsOnRecord() {
        UUID ann = users.create(wish("ann@example.org", Role.USER, true, PASSWORD), root).user().id();
        ApiKeyService keys = beans.get(ApiKeyService.class);
        String text = keys.create(ApiKeyTerms.ofTestKey("k", List.of("download:read"), null), caller(ann, Role.USER)).key();
        Actor stranger = Actor.stranger("192.0.2.1", "r");
        assertThat(keys.callerOf(ApiKeyText.parse(text).orElseThrow(), stranger)).isPresent();
        users.change(ann, current -> wish("ann@example.org", Role.USER, false, null), ANY, root);
        assertThat(keys.callerOf(ApiKeyText.parse(text).orElseThrow(), stranger)).as("of a deactivated user").isEmpty();
        users.change(ann, current -> wish("ann@example.org", Role.USER, true, Secret.of("quarry hinge ballad moss")), ANY, root);
        assertThat(keys.callerOf(ApiKeyText.parse(text).orElseThrow(), stranger)).isPresent();
        users.delete(ann, ANY, root);
        assertThat(keys.callerOf(ApiKeyText.parse(text).orElseThrow(), stranger)).isEmpty();
        assertThat(keys.list(10, 0).apiKeys()).extracting(ApiKeyView::isActive).containsExactly(false);
        List<AuditEntryView> entries = beans.get(AuditService.class).findAfter(AuditQuery.of(root.userId().toString(), null, null, null), null, 100);
        assertThat(entries).extracting(AuditEntryView::action).containsExactlyInAnyOrder("user.create", "user.update", "user.update",
                "user.password", "key.revoke", "user.delete");
        assertThat(entries.toString()).doesNotContain("quarry", "teapot", "$2b$");
    }

    @Test
    void whoHasNotAllOfAnAdministratorsScopesCannotMakeOrChangeOne() {
        Caller half = Callers.of(root.userId(), Scope.ADMIN_READ, Scope.ADMIN_WRITE);
        demand(Problem.FORBIDDEN, () -> users.create(wish("ann@example.org", Role.ADMIN, true, PASSWORD), half));
        demand(Problem.FORBIDDEN, () -> users.change(root.userId(), current -> wish(ROOT, Role.ADMIN, true, PASSWORD), ANY, half));
        UUID ann = users.create(wish("ann@example.org", Role.USER, true, PASSWORD), half).user().id();
        demand(Problem.FORBIDDEN, () -> users.change(ann, current -> wish("ann@example.org", Role.ADMIN, true, null), ANY, half));
    }

    @Test
    void nobodySetsAPasswordThatGivesThemMoreThanTheyHave() {
        UUID ann = users.create(wish("ann@example.org", Role.USER, true, PASSWORD), root).user().id();
        Caller half = Callers.of(root.userId(), Scope.ADMIN_READ, Scope.ADMIN_WRITE);
        demand(Problem.FORBIDDEN, () -> users.change(ann, current -> wish("ann@example.org", Role.USER, true, PASSWORD), ANY, half));
        assertThat(users.change(ann, current -> wish("ann@example.org", Role.USER, false, null), ANY, half).isActive()).isFalse();
        demand(Problem.CONFLICT, () -> users.change(root.userId(), current -> wish(ROOT, Role.ADMIN, true, PASSWORD), ANY, root));
    }

    @Test
    void aKeyMakesAndChangesNoAdministrator() {
        Caller key = new Caller(root.actor().as(root.userId(), Optional.of(UUID.randomUUID())), root.scopes(), false, Limits.DEFAULTS,
                Optional.of(Limits.DEFAULTS), Optional.empty(), Optional.empty(), Optional.empty(), false);
        demand(Problem.FORBIDDEN, () -> users.create(wish("ann@example.org", Role.ADMIN, true, PASSWORD), key));
        UUID ann = users.create(wish("ann@example.org", Role.USER, true, PASSWORD), key).user().id();
        demand(Problem.FORBIDDEN, () -> users.change(ann, current -> wish("ann@example.org", Role.ADMIN, true, null), ANY, key));
        UUID other = users.create(wish("other@example.org", Role.ADMIN, true, PASSWORD), root).user().id();
        demand(Problem.FORBIDDEN, () -> users.delete(other, ANY, key));
    }

    @Test
    void anAddressThatIsTooLongInLowerCaseIsRefused() {
        String growing = "\u0130".repeat(200) + "@example.org";
        demand(Problem.INVALID, () -> users.create(wish(growing, Role.USER, true, PASSWORD), root));
    }

    @Test
    void aGeneratedPasswordAndOneThatAnAdministratorSetMustBeChanged() {
        CreatedUser made = users.create(wish("ann@example.org", Role.USER, true, null), root);
        assertThat(made.user().mustChangePassword()).isTrue();
        Secret generated = Secret.of(made.generatedPassword());
        Caller ann = login("ann@example.org", generated);
        assertThat(ann.scopes()).isEmpty();
        assertThat(beans.get(MeService.class).get(ann).mustChangePassword()).isTrue();
        demand(Problem.FORBIDDEN, () -> auth.changePassword(new ChangePassword(Secret.of("wrong"), PASSWORD), ann));
        demand(Problem.UNPROCESSABLE, () -> auth.changePassword(new ChangePassword(generated, Secret.of("password1234")), ann));
        demand(Problem.UNPROCESSABLE, () -> auth.changePassword(new ChangePassword(generated, generated), ann));
        auth.changePassword(new ChangePassword(generated, PASSWORD), ann);
        Caller free = login("ann@example.org", PASSWORD);
        assertThat(free.scopes()).containsExactlyInAnyOrderElementsOf(Role.USER.scopes());
        CallerService callers = beans.get(CallerService.class);
        assertThat(callers.isStillValid(free)).isTrue();
        assertThat(callers.isStillValid(ann)).as("who came with the old password").isFalse();

        users.change(ann.userId(), current -> wish("ann@example.org", Role.USER, true, Secret.of("quarry hinge ballad moss")), ANY, root);
        assertThat(callers.isStillValid(free)).isFalse();
        demand(Problem.UNAUTHENTICATED, () -> auth.login("ann@example.org", PASSWORD, STRANGER));
        assertThat(login("ann@example.org", Secret.of("quarry hinge ballad moss")).mustChangePassword()).isTrue();
    }

    @Test
    void aPasswordIsHashedBeforeTheUsersAreLocked() throws Exception {
        try (Beans server = new Beans(open(), Map.of("wallwhale.data-dir", data.toString(), "wallwhale.access.bcrypt-cost", "4"))) {
            AtomicBoolean armed = new AtomicBoolean();
            List<String> hashed = new ArrayList<>();
            server.put(Passwords.class, new Passwords(server.get(AccessConfig.class)) {
                @Override
                public String hash(Secret password) {
                    if (armed.get()) {
                        demandUnlocked(server);
                        hashed.add(password.reveal());
                    }
                    return super.hash(password);
                }
            });
            UserService service = server.get(UserService.class);
            armed.set(true);
            UUID ann = service.create(wish("ann@example.org", Role.USER, true, PASSWORD), root).user().id();
            service.change(ann, patched("{'password':'quarry hinge ballad moss'}"), ANY, root);
            assertThat(hashed).containsExactly(PASSWORD.reveal(), "quarry hinge ballad moss");
        }
    }

    @Test
    void anOwnerIsToldOfTheLoginsThatFailed() {
        UserView ann = users.create(wish("ann@example.org", Role.USER, true, PASSWORD), root).user();
        MeService me = beans.get(MeService.class);
        Caller first = login("ann@example.org", PASSWORD);
        assertThat(me.get(first).past()).isEqualTo(new PastLogins(null, new PastLogins.FailedLogins(0, null)));
        Instant firstLogin = users.get(ann.id()).lastLoginAt();
        for (int i = 0; i < 2; i++) {
            demand(Problem.UNAUTHENTICATED, () -> auth.login("ann@example.org", Secret.of("wrong"), STRANGER));
        }
        demand(Problem.UNAUTHENTICATED, () -> auth.login("nobody@example.org", Secret.of("wrong"), STRANGER));
        assertThat(me.get(first).past().failedLogins().count()).as("no write for each of them").isZero();
        beans.get(FailedLoginTally.class).write();
        beans.get(FailedLoginTally.class).write();
        assertThat(me.get(first).past().failedLogins().count()).isEqualTo(2);
        demand(Problem.FORBIDDEN, () -> auth.changePassword(new ChangePassword(Secret.of("wrong"), PASSWORD), first));

        Caller second = login("ann@example.org", PASSWORD);
        PastLogins past = me.get(second).past();
        assertThat(past.lastLoginAt()).isEqualTo(firstLogin);
        assertThat(past.failedLogins().count()).as("this instance's at once").isEqualTo(3);
        assertThat(past.failedLogins().lastAt()).isBetween(firstLogin.minusSeconds(1), Instant.now());
        assertThat(me.get(first).past()).isEqualTo(new PastLogins(null, past.failedLogins()));
        Instant secondLogin = users.get(ann.id()).lastLoginAt();
        assertThat(me.get(login("ann@example.org", PASSWORD)).past())
                .isEqualTo(new PastLogins(secondLogin, new PastLogins.FailedLogins(0, null)));
        assertThat(me.get(caller(ann.id(), Role.USER)).past()).as("without a session").isEqualTo(PastLogins.UNTOLD);
        assertThat(users.get(ann.id()).version()).as("nothing of it is a change").isEqualTo(ann.version());
    }

    @Test
    void aServerWithoutAnAdministratorIsSetUpOnceByWhoHasTheToken() throws Exception {
        sql("delete from audit_entries");
        sql("delete from users");
        administrators.ensureAdministrator();
        Path file = data.resolve("secrets").resolve(AdministratorService.TOKEN_FILE);
        Secret token = Secret.of(Files.readString(file));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(Files.readString(file)).hasSizeGreaterThanOrEqualTo(22);
        administrators.ensureAdministrator();
        assertThat(Secret.of(Files.readString(file))).as("the same at the next start").isEqualTo(token);
        Actor stranger = Actor.stranger("192.0.2.1", "r");
        demand(Problem.FORBIDDEN, () -> administrators.setUp(new SetUp(Secret.of("guess"), ROOT, PASSWORD), stranger));
        demand(Problem.UNPROCESSABLE, () -> administrators.setUp(new SetUp(token, ROOT, Secret.of("password1234")), stranger));
        List<Callable<?>> tries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String email = "root" + i + "@example.org";
            tries.add(() -> administrators.setUp(new SetUp(token, email, PASSWORD), stranger));
        }
        assertThat(together(tries)).containsExactlyInAnyOrder(true, false, false, false);
        assertThat(users.list("", 10, 0).users()).hasSize(1);
        demand(Problem.CONFLICT, () -> administrators.setUp(new SetUp(token, ROOT, PASSWORD), stranger));
        administrators.ensureAdministrator();
        assertThat(file).doesNotExist();
    }

    @Test
    void instancesThatStartTogetherMakeOneConfiguredAdministratorWhoMustChangeTheGeneratedPassword() throws Exception {
        try (Beans server = new Beans(open(), Map.of("wallwhale.data-dir", data.toString(), "wallwhale.access.bcrypt-cost", "4",
                "wallwhale.admin.email", ROOT, "wallwhale.sandbox.enabled", "true"))) {
            Callable<?> start = () -> {
                server.get(AdministratorService.class).ensureAdministrator();
                return null;
            };
            server.get(AdministratorService.class);
            server.get(Passwords.class);
            assertThat(together(List.of(start, start, start))).containsExactly(true, true, true);
            List<UserView> made = server.get(UserService.class).list("", 10, 0).users();
            assertThat(made).extracting(UserView::mustChangePassword).containsExactly(true);
            String password = Files.readString(data.resolve("secrets").resolve(AdministratorService.PASSWORD_FILE));
            assertThat(server.get(AuthService.class).login(ROOT, Secret.of(password), STRANGER).user().id()).isEqualTo(made.get(0).id());
            assertThat(data.resolve("secrets").resolve(AdministratorService.KEY_FILE)).as("the starts after the first").doesNotExist();
            assertThat(server.get(ApiKeyService.class).list(10, 0).apiKeys()).extracting(ApiKeyView::kind).containsExactly("test");
        }
    }

    /** For somebody else. */
    private static void demandUnlocked(Beans server) {
        Future<Boolean> locked = Executors.newSingleThreadExecutor().submit(() -> server.transaction(() -> {
            server.get(UserService.class).lock();
            return true;
        }));
        try {
            assertThat(locked.get(20, TimeUnit.SECONDS)).isTrue();
        } catch (Exception e) {
            throw new AssertionError("The users are locked", e);
        }
    }

    private Caller external(Role role, Instant issuedAt) {
        ExternalIdentity identity = new ExternalIdentity("https://issuer.example", "42", "ann", Optional.of(role), role.scopes());
        return beans.get(ExternalUserService.class).callerOf(new VerifiedToken(null, "42", Optional.empty(), Set.of(), issuedAt,
                Instant.now().plusSeconds(60), Optional.of(identity)), identity, STRANGER);
    }

    private Caller login(String email, Secret password) {
        LoginView login = auth.login(email, password, STRANGER);
        try {
            String session = SignedJWT.parse(login.accessToken()).getJWTClaimsSet().getStringClaim("sid");
            return access.callerOfToken(new VerifiedToken(null, login.user().id().toString(), Optional.of(UUID.fromString(session)),
                    Role.ADMIN.scopes(), Instant.now(), Instant.now().plusSeconds(60), Optional.empty()), STRANGER).orElseThrow();
        } catch (java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }

    /** Which of them succeeded; the others were refused by a CONFLICT or because they are nobody any more. */
    private static List<Boolean> together(List<Callable<?>> deeds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(deeds.size());
        try {
            List<Callable<Boolean>> guarded = deeds.stream().<Callable<Boolean>>map(deed -> () -> {
                try {
                    deed.call();
                    return true;
                } catch (ProblemException e) {
                    assertThat(e.problem()).isEqualTo(Problem.CONFLICT);
                    return false;
                }
            }).toList();
            List<Boolean> done = new ArrayList<>();
            for (Future<Boolean> future : threads.invokeAll(guarded)) {
                done.add(future.get());
            }
            return done;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Caller caller(UUID user, Role role) {
        return Callers.of(user, role.scopes().toArray(String[]::new));
    }

    private UserView patch(UUID id, String patch) {
        return users.change(id, patched(patch), ANY, root);
    }

    private static UnaryOperator<UserWish> patched(String patch) {
        return current -> {
            try {
                return Json.MAPPER.readValue(patch.replace('\'', '"'), MergePatch.class).applyTo(current, VALIDATOR);
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        };
    }

    private static UserWish wish(String email, Role role, Boolean active, Secret password) {
        return new UserWish(email, role, active, password, null, Limits.DEFAULTS, null);
    }

    private void sql(String statement) throws Exception {
        beans.transaction(() -> beans.get(jakarta.persistence.EntityManager.class).createNativeQuery(statement).executeUpdate());
    }

    private static void demand(Problem problem, Runnable deed) {
        assertThatThrownBy(deed::run).isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.problem()).isEqualTo(problem));
    }
}
