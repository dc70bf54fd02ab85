package org.wallwhale.steam;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.audit.AuditService;
import org.wallwhale.config.SealingConfig;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.SettableClock;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.engine.Reason;
import org.wallwhale.secret.Secret;

/** Who logs in, how often, and what is learned of it, on every database. */
abstract class SeatsContract {
    private static final long APP = 431960;
    @TempDir
    private Path data;
    private TestDatabase database;
    private Beans beans;
    private SettableClock clock;
    private SeatService seats;
    private UUID user;

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        database = open();
        beans = new Beans(database, Map.of("wallwhale.data-dir", data.toString(), "wallwhale.steam.account-logins-per-hour", "3",
                "wallwhale.steam.address-logins-per-hour", "5"));
        clock = new SettableClock(beans.get(EntityManager.class));
        beans.put(ClockRepository.class, clock);
        seats = beans.get(SeatService.class);
        user = beans.addUser();
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void anonymousComesFirstThenWhoOwnsTheAppThenWhoWasUsedLeastRecently() throws Exception {
        Seat one = account("one", null);
        Seat two = account("two", null);
        Seat three = account("three", null);
        assertThat(taken(wish(null)).seat().isAnonymous()).isTrue();
        learn(Seat.anonymous(), Reason.NOT_OWNED);
        assertThat(taken(wish(null)).seat()).as("nobody was used; by alias").isEqualTo(one);
        charge(one);
        clock.advance(Duration.ofSeconds(1));
        charge(three);
        assertThat(taken(wish(null)).seat()).isEqualTo(two);
        learn(two, Reason.NOT_OWNED);
        learn(three, null);
        assertThat(taken(wish(null)).seat()).isEqualTo(three);
        assertThat(taken(wish(null)).why()).contains("\"three\"", "owns app 431960");
        assertThat(taken(new SeatWish(1, null, user, false, Set.of())).seat().isAnonymous()).as("another app").isTrue();
        learn(one, Reason.NOT_OWNED);
        Set<UUID> owner = Set.of(three.id());
        assertThat(choose(new SeatWish(APP, null, user, false, owner))).isInstanceOf(Choice.Never.class);
        clock.advance(Duration.ofDays(8));
        learn(one, Reason.ITEM_NOT_FOUND);
        assertThat(taken(wish(null)).seat().isAnonymous()).as("a refusal of last week is worth another try").isTrue();
    }

    @Test
    void whatASeatCouldNotFetchItIsNotAskedForAgain() throws Exception {
        Seat one = account("one", null);
        Seat two = account("two", null);
        assertThat(taken(new SeatWish(APP, null, user, false, Set.of(Seat.ANONYMOUS))).seat()).isEqualTo(one);
        assertThat(taken(new SeatWish(APP, null, user, false, Set.of(Seat.ANONYMOUS, one.id()))).seat()).isEqualTo(two);
        assertThat(choose(new SeatWish(APP, null, user, false, Set.of(Seat.ANONYMOUS, one.id(), two.id())))).isInstanceOf(Choice.Never.class);
        assertThat(choose(new SeatWish(APP, "one", user, false, Set.of(one.id())))).isInstanceOf(Choice.Never.class);
    }

    @Test
    void aNamedAccountIsTheOnlyWay() throws Exception {
        Seat one = account("one", null);
        account("two", null);
        learn(one, Reason.NOT_OWNED);
        assertThat(taken(wish("one")).seat()).as("even if it was refused once").isEqualTo(one);
        assertThat(later(wish("one"), Set.of(one.id())).sentence()).isEqualTo("The Steam account \"one\" is in use by another run.");
        assertThat(choose(wish("nobody"))).isInstanceOf(Choice.Never.class);
    }

    @Test
    void anotherOnesAccountIsNoWayButForAnAdministratorWhoNamesIt() throws Exception {
        UUID owner = beans.addUser();
        Seat theirs = account("theirs", owner);
        Set<UUID> anonymous = Set.of(Seat.ANONYMOUS);
        assertThat(choose(new SeatWish(APP, null, user, false, anonymous))).isInstanceOf(Choice.Never.class);
        assertThat(taken(new SeatWish(APP, null, owner, false, anonymous)).seat()).isEqualTo(theirs);
        assertThat(choose(new SeatWish(APP, null, user, true, anonymous))).as("the server does not choose it for one")
                .isInstanceOf(Choice.Never.class);
        assertThat(taken(new SeatWish(APP, "theirs", user, true, anonymous)).seat()).isEqualTo(theirs);
        assertThat(choose(new SeatWish(APP, "theirs", user, false, anonymous))).isInstanceOf(Choice.Never.class);
        AccountService accounts = beans.get(AccountService.class);
        assertThat(accounts.usable("theirs", user)).isEmpty();
        assertThat(accounts.usable("theirs", owner)).isPresent();
    }

    @Test
    void anAccountHasNoMoreLoginsInAnyHourThanItsBudgetAndItIsKnownWhenTheNextOneMayBe() throws Exception {
        Seat one = account("one", null);
        Instant first = clock.now();
        for (int login = 0; login < 3; login++) {
            assertThat(taken(wish("one")).seat()).isEqualTo(one);
            charge(one);
            clock.advance(Duration.ofMinutes(10));
        }
        Choice.Later later = later(wish("one"), Set.of());
        assertThat(later.next()).contains(first.plus(Duration.ofHours(1)));
        assertThat(later.sentence()).isEqualTo("The next login of a Steam account is allowed at " + first.plus(Duration.ofHours(1)) + ".");
        AccountView view = beans.get(AccountService.class).get(one.id());
        assertThat(view.loginsLastHour()).isEqualTo(3);
        assertThat(view.nextLoginAt()).isEqualTo(first.plus(Duration.ofHours(1)));
        clock.advance(Duration.ofMinutes(30).minusMillis(1));
        later(wish("one"), Set.of());
        clock.advance(Duration.ofMillis(1));
        taken(wish("one"));
        charge(one);
        assertThat(later(wish("one"), Set.of()).next()).as("the second of before").contains(first.plus(Duration.ofMinutes(70)));
    }

    @Test
    void anAddressHasABudgetThatAnonymousLoginsCountFor() throws Exception {
        Seat one = account("one", null);
        Instant first = clock.now();
        for (int login = 0; login < 3; login++) {
            charge(Seat.anonymous());
        }
        charge(one);
        charge(one);
        assertThat(opens()).isEqualTo(first.plus(Duration.ofHours(1)));
        assertThat(later(wish(null), Set.of()).next()).as("from another address it may start before").isEmpty();
        assertThat(later(wish("one"), Set.of()).next()).isEmpty();
        assertThat(later(wish("one"), Set.of()).sentence()).startsWith("No more logins to Steam come from this server until ");
        clock.advance(Duration.ofHours(1));
        taken(wish(null));
        taken(wish("one"));
    }

    @Test
    void whomSteamToldToWaitRestsAnHourAndTwiceAsLongTheNextTime() throws Exception {
        Seat one = account("one", null);
        Seat two = account("two", null);
        learn(Seat.anonymous(), Reason.NOT_OWNED);
        learn(one, Reason.RATE_LIMITED);
        assertThat(later(wish(null), Set.of()).sentence()).as("nobody else is sent to ask at once")
                .startsWith("No more logins to Steam come from this server until ");
        assertThat(rest()).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(18));
        clock.advance(Duration.ofMinutes(18));
        assertThat(taken(wish(null)).seat()).as("others go on").isEqualTo(two);
        assertThat(later(wish("one"), Set.of()).sentence()).startsWith("The next login of a Steam account is allowed at ");
        clock.advance(Duration.ofMinutes(-18));
        assertThat(Duration.between(clock.now(), later(wish("one"), Set.of()).next().orElseThrow()))
                .isBetween(Duration.ofHours(1), Duration.ofMinutes(72));
        clock.advance(Duration.ofMinutes(72));
        taken(wish("one"));
        learn(one, Reason.RATE_LIMITED);
        assertThat(Duration.between(clock.now(), later(wish("one"), Set.of()).next().orElseThrow()))
                .isBetween(Duration.ofHours(2), Duration.ofMinutes(144));
        clock.advance(Duration.ofMinutes(144));
        learn(one, null);
        learn(one, Reason.RATE_LIMITED);
        assertThat(Duration.between(clock.now(), later(wish("one"), Set.of()).next().orElseThrow())).as("it was let in since")
                .isBetween(Duration.ofHours(1), Duration.ofMinutes(72));
    }

    @Test
    void anAddressThatIsRefusedAgainAndAgainRestsLongerUntilSomebodyIsLetIn() throws Exception {
        Seat one = account("one", null);
        Seat two = account("two", null);
        learn(one, Reason.RATE_LIMITED);
        clock.advance(Duration.ofMinutes(18));
        learn(two, Reason.RATE_LIMITED);
        assertThat(rest()).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(36));
        learn(two, null);
        learn(one, Reason.ADDRESS_BANNED);
        assertThat(rest()).as("whoever was let in began before").isBetween(Duration.ofHours(2), Duration.ofMinutes(144));
        learn(one, Reason.RATE_LIMITED);
        assertThat(rest()).as("a longer rest stays").isBetween(Duration.ofHours(2), Duration.ofMinutes(144));
        clock.advance(Duration.ofHours(5));
        assertThat(taken(wish("one")).seat()).as("a ban of the address is no fault of the account").isEqualTo(one);
        learn(one, null);
        learn(one, Reason.RATE_LIMITED);
        assertThat(rest()).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(18));
    }

    @Test
    void aLoginThatBeganBeforeARestForgivesItNot() throws Exception {
        Seat one = account("one", null);
        SeatService.Credentials early = seats.credentials(Seat.anonymous());
        learn(one, Reason.RATE_LIMITED);
        clock.advance(Duration.ofMinutes(72));
        seats.learn(Seat.anonymous(), early, Optional.of(APP), Optional.empty());
        learn(one, Reason.RATE_LIMITED);
        assertThat(rest()).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(36));
    }

    @Test
    void loginsThatAreRefusedTogetherCountOnce() throws Exception {
        for (String alias : new String[] {"one", "two", "three"}) {
            learn(account(alias, null), Reason.RATE_LIMITED);
        }
        assertThat(rest()).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(18));
    }

    @Test
    void loginsThatAreRefusedAtTheSameMomentCountOnce() throws Exception {
        Seat one = account("one", null);
        Seat two = account("two", null);
        learn(one, Reason.RATE_LIMITED);
        clock.advance(Duration.ofMinutes(72));
        learn(one, null);
        CompletableFuture<Void> other = beans.transaction(() -> {
            learn(one, Reason.RATE_LIMITED);
            CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> learn(two, Reason.RATE_LIMITED));
            while (!database.someoneWaits()) {
                assertThat(waits).isNotDone();
            }
            return waits;
        });
        other.join();
        clock.advance(Duration.ofMinutes(72));
        learn(one, Reason.RATE_LIMITED);
        assertThat(rest()).as("the second time, not the third").isBetween(Duration.ofMinutes(30), Duration.ofMinutes(36));
    }

    private Duration rest() {
        return Duration.between(clock.now(), opens());
    }

    private Instant opens() {
        return beans.get(SeatRepository.class).findAddress("default").orElseThrow().opensAt(clock.now()).orElseThrow();
    }

    @Test
    void anAnonymousLoginThatSteamToldToWaitIsTheAddressesMatter() throws Exception {
        account("one", null);
        learn(Seat.anonymous(), Reason.RATE_LIMITED);
        later(wish(null), Set.of());
        later(wish("one"), Set.of());
        clock.advance(Duration.ofMinutes(72));
        taken(wish(null));
    }

    @Test
    void anAccountThatNeedsAPersonIsLeftAloneUntilOneCame() throws Exception {
        for (Reason reason : new Reason[] {Reason.WRONG_PASSWORD, Reason.LOGIN_REFUSED, Reason.SESSION_EXPIRED, Reason.GUARD_CODE_NEEDED,
            Reason.GUARD_CODE_WRONG, Reason.MOBILE_APPROVAL_MISSING}) {
            Seat one = account("a-" + reason.code(), null);
            learn(one, reason);
            Choice.Later later = later(wish(one.alias()), Set.of());
            assertThat(later.needsHelp()).isTrue();
            assertThat(later.next()).isEmpty();
            assertThat(later.sentence()).contains(one.alias(), reason.code(), "administrator");
            learn(one, Reason.ITEM_NOT_FOUND);
            taken(wish(one.alias()));
        }
    }

    @Test
    void whatIsNoFaultOfTheLoginTeachesNothingOfIt() throws Exception {
        Seat one = account("one", null);
        for (Reason reason : new Reason[] {Reason.STALLED, Reason.STEAM_UNREACHABLE, Reason.TOOL_CRASHED, Reason.DISK_FULL,
            Reason.VERSION_UNAVAILABLE, Reason.ITEM_NOT_FOUND, Reason.ITEM_DENIED, Reason.KEY_REFUSED, Reason.UNSUPPORTED_KIND}) {
            learn(one, reason);
            taken(wish("one"));
            AccountView view = beans.get(AccountService.class).get(one.id());
            assertThat(view.appsWorking()).isEmpty();
            assertThat(view.appsRefused()).isEmpty();
        }
        learn(one, Reason.NOT_OWNED);
        learn(one, Reason.NOT_OWNED);
        assertThat(beans.get(AccountService.class).get(one.id()).appsRefused()).containsExactly(APP);
        learn(one, null);
        assertThat(beans.get(AccountService.class).get(one.id()).appsWorking()).containsExactly(APP);
        learn(one, Reason.NOT_OWNED);
        assertThat(beans.get(AccountService.class).get(one.id()).appsWorking()).as("it owned it: a refusal is no proof").containsExactly(APP);
        assertThat(beans.get(AccountService.class).get(one.id()).appsRefused()).isEmpty();
    }

    @Test
    void anAppThatWorkedLongAgoMayBeLostSince() throws Exception {
        Seat one = account("one", null);
        AccountService accounts = beans.get(AccountService.class);
        learn(one, null);
        clock.advance(Duration.ofDays(6));
        learn(one, Reason.NOT_OWNED);
        assertThat(accounts.get(one.id()).appsWorking()).containsExactly(APP);
        clock.advance(Duration.ofDays(2));
        learn(one, Reason.NOT_OWNED);
        assertThat(accounts.get(one.id()).appsWorking()).isEmpty();
        assertThat(accounts.get(one.id()).appsRefused()).containsExactly(APP);
    }

    @Test
    void aBudgetThatWasChangedCountsFromTheNextStart() throws Exception {
        Seat one = account("one", null);
        charge(one);
        charge(one);
        taken(wish("one"));
        Beans smaller = new Beans(null, Map.of("wallwhale.data-dir", data.toString(), "wallwhale.steam.account-logins-per-hour", "2"));
        smaller.put(EntityManager.class, beans.get(EntityManager.class));
        smaller.put(ClockRepository.class, clock);
        SteamConfig config = smaller.get(SteamConfig.class);
        SeatService later = new SeatService(beans.get(AccountRepository.class), beans.get(SeatRepository.class), beans.get(PromptRepository.class),
                clock, config, beans.get(SealingConfig.class), beans.get(AuditService.class));
        beans.transaction(() -> {
            later.applyBudgets();
            return null;
        });
        later(wish("one"), Set.of());
    }

    private Seat account(String alias, UUID owner) {
        Caller root = Callers.of(user, "admin:write");
        AccountView made = beans.get(AccountService.class).create(new AccountWish(alias, "good", Secret.of("pw-good"), null, null, owner, null), root);
        return new Seat(made.id(), alias);
    }

    private SeatWish wish(String account) {
        return new SeatWish(APP, account, user, false, Set.of());
    }

    private void charge(Seat seat) throws Exception {
        beans.transaction(() -> {
            seats.charge(seat, clock.now());
            return null;
        });
    }

    private void learn(Seat seat, Reason reason) {
        seats.learn(seat, seats.credentials(seat), Optional.of(APP), Optional.ofNullable(reason));
    }

    private Choice choose(SeatWish wish) {
        return seats.look(Set.of(), clock.now()).choose(wish);
    }

    private Choice.Taken taken(SeatWish wish) {
        assertThat(choose(wish)).isInstanceOf(Choice.Taken.class);
        return (Choice.Taken) choose(wish);
    }

    private Choice.Later later(SeatWish wish, Set<UUID> busy) {
        Choice choice = seats.look(busy, clock.now()).choose(wish);
        assertThat(choice).isInstanceOf(Choice.Later.class);
        return (Choice.Later) choice;
    }
}
