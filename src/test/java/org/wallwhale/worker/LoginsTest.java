package org.wallwhale.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.DownloadLogService;
import org.wallwhale.download.DownloadService;
import org.wallwhale.download.DownloadView;
import org.wallwhale.download.GuardService;
import org.wallwhale.download.Holder;
import org.wallwhale.download.Phase;
import org.wallwhale.download.Status;
import org.wallwhale.download.SubmitDownload;
import org.wallwhale.download.SubmitService;
import org.wallwhale.engine.DepotDownloader;
import org.wallwhale.engine.Reason;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.secret.Secret;
import org.wallwhale.steam.AccountService;
import org.wallwhale.steam.AccountView;
import org.wallwhale.steam.GuardPrompt;
import org.wallwhale.steam.Seat;
import org.wallwhale.steam.SeatService;
import org.wallwhale.steam.SteamAccounts;
import org.wallwhale.steam.TestTicket;
import org.wallwhale.workshop.SteamWebServer;

/** Runs the sandbox program as the operator's own tool, with its scripted accounts. */
class LoginsTest {
    private static final long APP = 431960;
    private static final String SMALL = "3000000000";
    private static final String OTHER = "3000000100";
    @TempDir
    private Path folder;
    private final SteamWebServer steam = new SteamWebServer();
    private Beans beans;
    private Caller owner;
    private Caller administrator;
    private ScheduledExecutorService heart;

    @BeforeEach
    void open() throws IOException {
        open(Map.of());
    }

    private void open(Map<String, String> changes) throws IOException {
        Path tool = folder.resolve("tool");
        Stream.of(SMALL, OTHER, "3000000015", "3000000020", "3000000023").forEach(steam::item);
        Map<String, String> settings = new HashMap<>(Map.of("wallwhale.workshop.base-url", steam.base(), "wallwhale.data-dir", folder.resolve("data").toString(),
                "wallwhale.sandbox.enabled", "true", "wallwhale.store.min-free-bytes", "0"));
        settings.putAll(changes);
        try (Beans sandbox = new Beans(TestDatabase.h2(), settings)) {
            Files.writeString(tool, "#!/bin/bash\nexec " + sandbox.get(DepotDownloader.class).sandbox().command().stream()
                    .map(part -> "'" + part + "'").collect(Collectors.joining(" ")) + " \"$@\"\n");
        }
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        settings.put("wallwhale.engine.depotdownloader-path", tool.toString());
        beans = new Beans(TestDatabase.h2(), settings);
        owner = Callers.of(beans.addUser(), "download:read", "download:write");
        administrator = Callers.of(beans.addUser(), "admin:read", "admin:write", "download:read", "download:write");
        heart = Executors.newSingleThreadScheduledExecutor();
        heart.scheduleAtFixedRate(beans.get(DepotDownloader.class)::beat, 0, 1, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws InterruptedException {
        heart.shutdown();
        heart.awaitTermination(10, TimeUnit.SECONDS);
        beans.close();
    }

    @AfterEach
    void stopSteam() {
        steam.close();
    }

    @Test
    void whatOneLoginIsRefusedTheNextOneFetchesInTheSameAttempt() throws IOException {
        refusedAnonymously();
        UUID poor = SteamAccounts.add(beans, "a-poor", "poor", "pw-poor", null);
        UUID good = SteamAccounts.add(beans, "b-good", null);
        DownloadView first = run(SMALL, null);
        assertThat(first.status()).as(log(first).toString()).isEqualTo(Status.SUCCESS);
        assertThat(first.accountName()).isEqualTo("b-good");
        assertThat(first.attempt()).isEqualTo(1);
        assertThat(logins(first)).hasSize(2);
        assertThat(account(poor).appsRefused()).containsExactly(APP);
        assertThat(account(good).appsWorking()).containsExactly(APP);
        assertThat(account(good).loginsLastHour()).isEqualTo(1);
        assertThat(account(good).lastUsedAt()).isNotNull();
        Path home = folder.resolve("data/homes/account-" + good);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home))).isEqualTo("rwx------");
        assertThat(sessions(home)).as("the session and its copy").hasSize(2);
        DownloadView second = run(OTHER, null);
        assertThat(logins(second)).singleElement().asString().contains("b-good", "owns app");
        assertThat(second.status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void anItemThatNobodyMayHaveFailsWithTheReasonOfTheLastTry() {
        SteamAccounts.add(beans, "one", null);
        DownloadView view = run("3000000020", null);
        assertThat(view.status()).isEqualTo(Status.FAILED);
        assertThat(view.error().code()).isEqualTo("not_owned");
        assertThat(logins(view)).hasSize(2);
        DownloadView other = run(SMALL, null);
        assertThat(other.error().code()).as("known by now, so no login is spent").isEqualTo("no_account");
        assertThat(logins(other)).isEmpty();
    }

    @Test
    void anAppThatWasOnlyAssumedIsNotHeldAgainstAnAccount() {
        steam.close();
        UUID one = SteamAccounts.add(beans, "one", null);
        DownloadView view = run("3000000020", null);
        assertThat(view.error().code()).isEqualTo("not_owned");
        assertThat(logins(view)).hasSize(2);
        assertThat(account(one).appsRefused()).isEmpty();
        assertThat(run(SMALL, null).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void anItemThatAnAccountDoesNotSeeIsShownToNoFurtherOne() {
        SteamAccounts.add(beans, "one", null);
        SteamAccounts.add(beans, "two", null);
        DownloadView view = run("3000000023", null);
        assertThat(view.error().code()).isEqualTo("item_not_found");
        assertThat(logins(view)).hasSize(2);
    }

    @Test
    void aWrongPasswordIsToldOnceAndNotTriedAgain() {
        UUID wrong = SteamAccounts.add(beans, "wrong", "good", "no such password", null);
        DownloadView view = run(SMALL, "wrong");
        assertThat(view.status()).isEqualTo(Status.FAILED);
        assertThat(view.error().code()).isEqualTo("wrong_password");
        assertThat(account(wrong).needsLogin()).isEqualTo("wrong_password");
        DownloadView next = run(SMALL, "wrong");
        assertThat(next.status()).isEqualTo(Status.QUEUED);
        assertThat(next.waitingFor()).isEqualTo("Waits for an administrator to look after the Steam account \"wrong\" (wrong_password).");
        assertThat(claim()).isEmpty();
        assertThat(account(wrong).loginsLastHour()).isEqualTo(1);
        demandConflict(() -> beans.get(LoginTests.class).begin(wrong, administrator), "password");
        refusedAnonymously();
        SteamAccounts.add(beans, "right", null);
        assertThat(run(OTHER, null).accountName()).isEqualTo("right");
    }

    @Test
    void anAccountThatSteamTellsToWaitRestsAndItsDownloadWaitsWithoutLosingAnAttempt() {
        UUID limited = SteamAccounts.add(beans, "limited", "limited", "any", null);
        DownloadView view = run(SMALL, "limited");
        assertThat(view.status()).isEqualTo(Status.QUEUED);
        assertThat(view.waitingFor()).startsWith("The next login of a Steam account is allowed at ");
        assertThat(view.error()).isNull();
        assertThat(account(limited).rateLimitedUntil()).isNotNull();
        assertThat(claim()).isEmpty();
        refusedAnonymously();
        UUID good = SteamAccounts.add(beans, "zz-good", null);
        DownloadView other = run(OTHER, null);
        assertThat(other.waitingFor()).as("the address rests with it").startsWith("No more logins to Steam come from this server until ");
        assertThat(account(good).loginsLastHour()).isZero();
    }

    @Test
    void aDownloadThatSteamTellsToWaitAgainAndAgainLosesAnAttemptInTheEnd() throws Exception {
        SteamAccounts.add(beans, "limited", "limited", "any", null);
        beans.get(SubmitService.class).submit(new SubmitDownload(SMALL, "limited", null, null, null), owner);
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery("update downloads set attempt = 5").executeUpdate());
        Claim claim = claim().orElseThrow();
        beans.get(Runner.class).run(claim, 0, new RunControl());
        assertThat(view(claim).status()).isEqualTo(Status.QUEUED);
        assertThat(view(claim).error().code()).isEqualTo("rate_limited");
        assertThat(claim()).isEmpty();
    }

    @Test
    void whatOneAccountIsToldToWaitForNoOtherOneTriesInTheSameRun() {
        refusedAnonymously();
        SteamAccounts.add(beans, "a-limited", "limited", "any", null);
        UUID good = SteamAccounts.add(beans, "b-good", null);
        DownloadView view = run(SMALL, null);
        assertThat(view.status()).isEqualTo(Status.QUEUED);
        assertThat(logins(view)).hasSize(1);
        assertThat(account(good).loginsLastHour()).isZero();
    }

    @Test
    void aSessionThatSteamRejectsIsDeletedAndThePasswordTriedOnce() throws IOException {
        UUID good = SteamAccounts.add(beans, "good", null);
        assertThat(run(SMALL, "good").status()).isEqualTo(Status.SUCCESS);
        DownloadView view = run("3000000015", "good");
        assertThat(view.error().code()).isEqualTo("session_expired");
        assertThat(logins(view)).hasSize(2);
        assertThat(sessions(folder.resolve("data/homes/account-" + good))).as("neither it nor its copy").isEmpty();
        assertThat(account(good).needsLogin()).isEqualTo("session_expired");
    }

    @Test
    void anAccountWhoseSessionSteamRejectsIsTriedByItsPasswordBeforeTheNextOne() {
        refusedAnonymously();
        SteamAccounts.add(beans, "a", null);
        SteamAccounts.add(beans, "b", null);
        DownloadView view = run("3000000015", null);
        assertThat(view.error().code()).isEqualTo("session_expired");
        assertThat(logins(view)).extracting(line -> line.replaceFirst(".* \"(.)\".*", "$1")).containsExactly("a", "a", "b", "b");
    }

    @Test
    void aQuestionOfSteamGuardIsShownAndAnsweredOnceMoreAfterAWrongCode() {
        UUID account = SteamAccounts.add(beans, "guarded", "totp", "pw-totp", owner.userId());
        Claim claim = claimed(SMALL, "guarded");
        CompletableFuture<Void> run = running(claim);
        GuardPrompt prompt = asked(claim, 1);
        assertThat(prompt.kind()).isEqualTo(GuardPrompt.Kind.AUTHENTICATOR_CODE);
        assertThat(prompt.until()).isNotNull();
        assertThat(account(account).guard()).isEqualTo(prompt);
        assertThat(run(OTHER, "guarded").waitingFor()).isEqualTo("The Steam account \"guarded\" waits for an answer to Steam Guard.");
        Caller stranger = Callers.of(beans.addUser(), "download:read", "download:write");
        demand(Problem.NOT_FOUND, () -> answer(claim, "AAAAA", stranger));
        demand(Problem.FORBIDDEN, () -> answer(claim, "AAAAA", Callers.of(stranger.userId(), "admin:read", "download:write")));
        answer(claim, "WRONG", owner);
        assertThat(asked(claim, 2).attempt()).isEqualTo(2);
        answer(claim, "AAAAA", administrator);
        run.join();
        DownloadView done = view(claim);
        assertThat(done.status()).isEqualTo(Status.SUCCESS);
        assertThat(done.needsInput()).isNull();
        assertThat(account(account).guard()).isNull();
        assertThat(rows("select 1 from steam_prompts")).isEmpty();
        demand(Problem.CONFLICT, () -> answer(claim, "AAAAA", administrator));
        assertThat(log(done).toString()).doesNotContain("AAAAA", "WRONG", "pw-totp");
    }

    @Test
    void twoWrongCodesEndItWithAdvice() {
        UUID account = SteamAccounts.add(beans, "mailed", "mail", "pw-mail", null);
        Claim claim = claimed(SMALL, "mailed");
        CompletableFuture<Void> run = running(claim);
        assertThat(asked(claim, 1)).satisfies(prompt -> {
            assertThat(prompt.kind()).isEqualTo(GuardPrompt.Kind.EMAIL_CODE);
            assertThat(prompt.hint()).isEqualTo("j***@e***.com");
        });
        answer(claim, "XXXXX", administrator);
        asked(claim, 2);
        answer(claim, "YYYYY", administrator);
        run.join();
        assertThat(view(claim).status()).isEqualTo(Status.FAILED);
        assertThat(view(claim).error().code()).isEqualTo("guard_code_wrong");
        assertThat(view(claim).error().advice()).isNotBlank();
        assertThat(account(account).needsLogin()).isEqualTo("guard_code_wrong");
    }

    @Test
    void aQuestionThatNobodyAnswersEndsItWithAdvice() throws Exception {
        close();
        open(Map.of("wallwhale.engine.answer-within-seconds", "1"));
        SteamAccounts.add(beans, "mailed", "mail", "pw-mail", null);
        DownloadView view = run(SMALL, "mailed");
        assertThat(view.error().code()).isEqualTo("guard_code_needed");
        assertThat(rows("select 1 from steam_prompts")).isEmpty();
    }

    @Test
    void anApprovalInTheMobileAppIsWaitedForAndCannotBeTyped() {
        SteamAccounts.add(beans, "mobile", "mobile", "pw-mobile", null);
        Claim claim = claimed(SMALL, "mobile");
        CompletableFuture<Void> run = running(claim);
        assertThat(asked(claim, 1).kind()).isEqualTo(GuardPrompt.Kind.MOBILE_APPROVAL);
        demand(Problem.CONFLICT, () -> answer(claim, "AAAAA", administrator));
        run.join();
        assertThat(view(claim).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aTestLoginSaysWhetherSteamLetsTheAccountIn() {
        UUID good = SteamAccounts.add(beans, "good", null);
        assertThat(tested(good).test().result()).isEqualTo("success");
        assertThat(account(good).loginsLastHour()).isEqualTo(1);
        assertThat(account(good).appsRefused()).as("it says nothing of any app").isEmpty();
        AccountView wrong = tested(SteamAccounts.add(beans, "wrong", "good", "not this one", null));
        assertThat(wrong.test().result()).isEqualTo("wrong_password");
        assertThat(wrong.test().detail()).contains("Correct the password");
        UUID limited = SteamAccounts.add(beans, "limited", "limited", "any", null);
        assertThat(tested(limited).test().result()).isEqualTo("rate_limited");
        demandConflict(() -> beans.get(LoginTests.class).begin(limited, administrator), "allowed before");
        assertThat(folder.resolve("data/work")).isEmptyDirectory();
    }

    @Test
    void aTestLoginAsksAsADownloadDoesAndKeepsTheAccountToItself() {
        UUID totp = SteamAccounts.add(beans, "totp", "totp", "pw-totp", null);
        LoginTests tests = beans.get(LoginTests.class);
        TestTicket ticket = tests.begin(totp, administrator);
        assertThat(account(totp).test().result()).isEqualTo("running");
        demandConflict(() -> tests.begin(totp, administrator), "in use");
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> tests.run(tests.tool(), ticket));
        await(() -> account(totp).guard() != null);
        assertThat(run(OTHER, "totp").waitingFor()).isEqualTo("The Steam account \"totp\" waits for an answer to Steam Guard.");
        SteamAccounts.answer(beans, totp, "AAAAA", administrator);
        run.join();
        assertThat(account(totp).test().result()).isEqualTo("success");
        Claim waited = claim().orElseThrow();
        beans.get(Runner.class).run(waited, 0, new RunControl());
        assertThat(view(waited).status()).as("with the session of the test").isEqualTo(Status.SUCCESS);
    }

    @Test
    void soManyTestLoginsRunAtOnceThatNoneWaitsForAThread() {
        LoginTests tests = beans.get(LoginTests.class);
        List<UUID> accounts = IntStream.rangeClosed(0, LoginTests.MOST_AT_ONCE).mapToObj(i -> SteamAccounts.add(beans, "account" + i, null)).toList();
        List<TestTicket> tickets = accounts.stream().limit(LoginTests.MOST_AT_ONCE).map(account -> tests.begin(account, administrator)).toList();
        UUID last = accounts.get(LoginTests.MOST_AT_ONCE);
        demandConflict(() -> tests.begin(last, administrator), "at once");
        tests.run(tests.tool(), tickets.get(0));
        demandConflict(() -> tests.begin(accounts.get(1), administrator), "in use");
        assertThat(tests.begin(last, administrator)).isNotNull();
    }

    @Test
    void theSandboxAsksItsOwnersToo() {
        Claim claim = claimed("3000000010", "sandbox");
        CompletableFuture<Void> run = running(claim);
        asked(claim, 1);
        answer(claim, "AAAAA", owner);
        run.join();
        assertThat(view(claim).status()).isEqualTo(Status.SUCCESS);
        assertThat(rows("select 1 from steam_logins")).as("no login to Steam").isEmpty();
    }

    private AccountView tested(UUID account) {
        LoginTests tests = beans.get(LoginTests.class);
        tests.run(tests.tool(), tests.begin(account, administrator));
        return account(account);
    }

    private void refusedAnonymously() {
        Seat anonymous = new Seat(Seat.ANONYMOUS, null);
        SeatService seats = beans.get(SeatService.class);
        seats.learn(anonymous, seats.credentials(anonymous), Optional.of(APP), Optional.of(Reason.NOT_OWNED));
    }

    private DownloadView run(String item, String account) {
        Claim claim = claimed(item, account);
        beans.get(Runner.class).run(claim, 0, new RunControl());
        return view(claim);
    }

    private CompletableFuture<Void> running(Claim claim) {
        return CompletableFuture.runAsync(() -> beans.get(Runner.class).run(claim, 0, new RunControl()));
    }

    private Claim claimed(String item, String account) {
        beans.get(SubmitService.class).submit(new SubmitDownload(item, account, null, null, null), owner);
        return claim().orElseThrow();
    }

    private Optional<Claim> claim() {
        return beans.get(ClaimService.class).claim(new Holder("here", "boot"));
    }

    private DownloadView view(Claim claim) {
        return beans.get(DownloadService.class).get(claim.downloadId(), owner);
    }

    private AccountView account(UUID id) {
        return beans.get(AccountService.class).get(id);
    }

    private GuardPrompt asked(Claim claim, int attempt) {
        AtomicReference<DownloadView> seen = new AtomicReference<>();
        await(() -> {
            seen.set(view(claim));
            return seen.get().needsInput() != null && seen.get().needsInput().attempt() == attempt || seen.get().status().isFinished();
        });
        assertThat(seen.get().phase()).isEqualTo(Phase.NEEDS_INPUT);
        return seen.get().needsInput();
    }

    private void answer(Claim claim, String code, Caller caller) {
        beans.get(GuardService.class).answer(claim.downloadId(), Secret.of(code), caller);
    }

    private List<String> logins(DownloadView download) {
        return log(download).stream().filter(line -> line.startsWith("Logs in")).toList();
    }

    private List<String> log(DownloadView download) {
        return beans.get(DownloadLogService.class).read(download.id(), 0, 1000).orElseThrow().entries().stream().map(entry -> entry.text()).toList();
    }

    private List<?> rows(String sql) {
        return beans.get(EntityManager.class).createNativeQuery(sql).getResultList();
    }

    private static List<Path> sessions(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> file.endsWith("account.config")).toList();
        }
    }

    private static void demandConflict(Runnable deed, String word) {
        assertThatThrownBy(deed::run).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.CONFLICT)).hasMessageContaining(word);
    }

    private static void demand(Problem problem, Runnable deed) {
        assertThatThrownBy(deed::run).isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.problem()).isEqualTo(problem));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
