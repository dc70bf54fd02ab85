package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Callers;
import org.wallwhale.access.UserChanged;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.SettableClock;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.engine.Reason;
import org.wallwhale.steam.AccountChanged;
import org.wallwhale.steam.Choice;
import org.wallwhale.steam.Seat;
import org.wallwhale.steam.SeatService;
import org.wallwhale.steam.SteamAccounts;

/** How downloads get their logins, on every database. */
abstract class SeatingContract {
    private static final Holder HERE = new Holder("here", "boot-1");
    private static final long APP = 431960;
    @TempDir
    private Path data;
    private Beans beans;
    private SettableClock clock;
    private UUID user;
    private int item;

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        beans = new Beans(open(), Map.of("wallwhale.data-dir", data.toString(), "wallwhale.steam.account-logins-per-hour", "2",
                "wallwhale.steam.address-logins-per-hour", "3", "wallwhale.store.min-free-bytes", "0"));
        clock = new SettableClock(beans.get(EntityManager.class));
        beans.put(ClockRepository.class, clock);
        user = beans.addUser();
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void aRunningDownloadHasItsAccountForItselfUntilItEndsHoweverThatIs() {
        UUID account = SteamAccounts.add(beans, "one", null);
        Claim first = claimed("one");
        assertThat(take(first)).isInstanceOf(Choice.Taken.class);
        assertThat(view(first).accountName()).isEqualTo("one");
        Claim second = claimed("one");
        assertThat(take(second)).isInstanceOf(Choice.Later.class);
        DownloadView waits = view(second);
        assertThat(waits.status()).isEqualTo(Status.QUEUED);
        assertThat(waits.waitingFor()).isEqualTo("The Steam account \"one\" is in use by another run.");
        assertThat(claim()).as("it is known to need a login").isEmpty();
        take(claimed("one"));
        claims().fail(first, new Failure("x", "x", "x"), Optional.empty(), null);
        Claim next = claim().orElseThrow();
        assertThat(next.downloadId()).isEqualTo(second.downloadId());
        assertThat(claim()).as("whoever is claimed and known to need it has the seat already").isEmpty();
        assertThat(((Choice.Taken) take(next)).seat().id()).isEqualTo(account);
        assertThat(claim()).isEmpty();
        Orphan orphan = claims().orphans(new Holder("here", "boot-2"), false).get(0);
        assertThat(claims().recover(orphan)).isTrue();
        clock.advance(Duration.ofHours(1));
        assertThat(claim()).as("freed by the recovery").isPresent();
    }

    @Test
    void waitingForALoginCostsNoAttempt() {
        SteamAccounts.add(beans, "one", null);
        take(claimed("one"));
        Claim second = claimed("one");
        take(second);
        assertThat(log(second)).contains("The Steam account \"one\" is in use by another run.");
        assertThat(second.tries()).isEqualTo(1);
        assertThat(find(second.downloadId()).attempts().left()).isEqualTo(3);
    }

    @Test
    void aBudgetThatIsUsedUpIsWaitedForAndItsTimeIsTheDownloadsStart() {
        SteamAccounts.add(beans, "one", null);
        useUpTheBudget();
        Claim waits = claimed("one");
        assertThat(take(waits)).isInstanceOf(Choice.Later.class);
        assertThat(find(waits.downloadId()).attempts().startAt()).isEqualTo(clock.now().plus(Duration.ofHours(1)));
        assertThat(view(waits).waitingFor()).isEqualTo("The next login of a Steam account is allowed at " + clock.now().plus(Duration.ofHours(1)) + ".");
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(claim()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(take(claim().orElseThrow())).isInstanceOf(Choice.Taken.class);
    }

    @Test
    void whoWaitedForAnAccountInUseIsNotLookedAtWhileItsBudgetIsUsedUp() {
        SteamAccounts.add(beans, "one", null);
        Claim first = claimed("one");
        take(first);
        Claim second = claimed("one");
        Claim third = claimed("one");
        take(second);
        take(third);
        claims().fail(first, new Failure("x", "x", "x"), Optional.empty(), null);
        assertThat(openNow()).contains("@one");
        Claim next = claim().orElseThrow();
        take(next);
        claims().fail(next, new Failure("x", "x", "x"), Optional.empty(), null);
        assertThat(claim()).isEmpty();
        assertThat(view(third).waitingFor()).startsWith("The next login of a Steam account is allowed at ");
        assertThat(waitsFor(third)).isEqualTo("@one");
        assertThat(openNow()).as("the address has a login left, but no account").containsExactly("anonymous");
    }

    @Test
    void whoNoAccountCanServeAnyLongerIsClaimedToBeToldSo() {
        UUID account = SteamAccounts.add(beans, "one", null);
        take(claimed("one"));
        Claim waits = claimed("one");
        take(waits);
        assertThat(claim()).isEmpty();
        transaction(() -> execute("update steam_accounts set status = 'INACTIVE'"));
        seating().sortAgain(new AccountChanged(account, false));
        assertThat(take(claim().orElseThrow())).isInstanceOf(Choice.Never.class);
    }

    @Test
    void whoWaitsForATimeIsLookedAtAgainOnceAnAccountIsChanged() {
        UUID account = SteamAccounts.add(beans, "one", null);
        useUpTheBudget();
        Claim waits = claimed("one");
        take(waits);
        assertThat(claim()).isEmpty();
        transaction(() -> execute("update steam_accounts set next_login_at = null"));
        seating().sortAgain(new AccountChanged(account, false));
        assertThat(claim().map(Claim::downloadId)).contains(waits.downloadId());
    }

    @Test
    void whoeverIsNoLongerAnAdministratorIsToldThatTheAccountIsSomebodyElses() {
        transaction(() -> execute("update users set role = 'ADMIN'"));
        SteamAccounts.add(beans, "one", beans.addUser());
        take(claimed("one"));
        take(claimed("one"));
        assertThat(claim()).isEmpty();
        transaction(() -> execute("update users set role = 'USER'"));
        seating().sortAgain(new UserChanged(user, false));
        assertThat(take(claim().orElseThrow())).isInstanceOf(Choice.Never.class);
    }

    @Test
    void whatARunTeachesOfAnAppChangesWhatOthersWaitFor() {
        Seat one = new Seat(SteamAccounts.add(beans, "one", null), "one");
        Seat anonymous = new Seat(Seat.ANONYMOUS, null);
        seating().learn(anonymous, beans.get(SeatService.class).credentials(anonymous), Optional.of(APP), Optional.of(Reason.NOT_OWNED));
        take(claimed(null));
        Claim second = claimed(null);
        Claim third = claimed(null);
        take(second);
        take(third);
        assertThat(waitsFor(second)).isEqualTo("app " + APP);
        assertThat(claim()).as("the account is in use").isEmpty();
        seating().learn(anonymous, beans.get(SeatService.class).credentials(anonymous), Optional.of(APP), Optional.empty());
        assertThat(waitsFor(second)).isEqualTo("anonymous");
        assertThat(claim().orElseThrow().downloadId()).isEqualTo(second.downloadId());
        transaction(() -> execute("delete from steam_apps"));
        seating().learn(anonymous, beans.get(SeatService.class).credentials(anonymous), Optional.of(APP), Optional.of(Reason.NOT_OWNED));
        assertThat(claim()).isEmpty();
        seating().learn(one, beans.get(SeatService.class).credentials(one), Optional.of(APP), Optional.of(Reason.NOT_OWNED));
        assertThat(take(claim().orElseThrow())).as("nobody is left who may").isInstanceOf(Choice.Never.class);
    }

    @Test
    void oneThatIsTriedAgainWaitsForWhatItsRefusalsLeave() {
        SteamAccounts.add(beans, "one", null);
        Claim claim = claimed(null);
        transaction(() -> execute("update downloads set needs_login = true, waits_for = 'anonymous'"));
        seating().refuse(claim, ((Choice.Taken) take(claim)).seat());
        claims().fail(claim, new Failure("x", "x", "x"), Optional.of(Duration.ZERO), null);
        assertThat(waitsFor(claim)).isEqualTo("any");
        claims().giveBack(claim().orElseThrow());
        assertThat(waitsFor(claim)).isEqualTo("any");
        claims().fail(claim().orElseThrow(), new Failure("x", "x", "x"), Optional.empty(), null);
        beans.get(DownloadService.class).retry(claim.downloadId(), Callers.of(user, "download:write"));
        assertThat(waitsFor(claim)).as("a retry begins anew").isEmpty();
    }

    @Test
    void whatWaitedForALoginAndWhatNeedsNoneComeInOneOrder() {
        SteamAccounts.add(beans, "one", null);
        Claim first = claimed("one");
        take(first);
        Claim second = claimed("one");
        Claim third = claimed("one");
        take(second);
        take(third);
        UUID plain = submitted(null);
        UUID urgent = submitted(null);
        transaction(() -> execute("update downloads set priority = 5 where id in ('" + urgent + "', '" + third.downloadId() + "')"));
        claims().fail(first, new Failure("x", "x", "x"), Optional.empty(), null);
        assertThat(Stream.generate(this::claim).limit(4).map(claim -> claim.map(Claim::downloadId).orElse(null)))
                .as("priority, then age; the account is in use from the first on").containsExactly(third.downloadId(), urgent, plain, null);
        assertThat(waitsFor(second)).isEqualTo("@one");
    }

    @Test
    void whatAnOlderVersionQueuedIsSortedAtTheFirstClaimAfterAStart() {
        SteamAccounts.add(beans, "one", null);
        UUID waits = submitted("one");
        transaction(() -> execute("update steam_accounts set next_login_at = " + "cast('2999-01-01 00:00:00+00' as timestamp with time zone)"));
        transaction(() -> execute("update downloads set needs_login = true"));
        claim();
        assertThat(waitsFor(waits)).isEqualTo("@one");
    }

    @Test
    void whatWaitsForThisServersAddressAloneMayStartFromAnotherOne() {
        Claim waits = claimed(null);
        for (int login = 0; login < 4; login++) {
            take(waits);
        }
        assertThat(view(waits).waitingFor()).startsWith("No more logins to Steam come from this server until ");
        assertThat(find(waits.downloadId()).attempts().startAt()).isNull();
        assertThat(claim()).as("not from here").isEmpty();
        clock.advance(Duration.ofHours(1));
        assertThat(claim()).isPresent();
    }

    @Test
    void whatASeatRefusedGoesToTheNextOneUntilThereIsNone() {
        UUID one = SteamAccounts.add(beans, "one", null);
        Claim claim = claimed(null);
        Choice.Taken anonymous = (Choice.Taken) take(claim);
        assertThat(anonymous.seat().isAnonymous()).isTrue();
        assertThat(seating().refuse(claim, anonymous.seat())).isTrue();
        assertThat(seating().refuse(claim, anonymous.seat())).as("twice is once").isTrue();
        assertThat(seating().hasOtherWay(claim)).isTrue();
        Choice.Taken account = (Choice.Taken) take(claim);
        assertThat(account.seat()).isEqualTo(new Seat(one, "one"));
        assertThat(log(claim)).contains(anonymous.why(), account.why());
        seating().refuse(claim, account.seat());
        assertThat(seating().hasOtherWay(claim)).isFalse();
        assertThat(take(claim)).isInstanceOf(Choice.Never.class);
        assertThat(find(claim.downloadId()).status()).as("the run says how it ends").isEqualTo(Status.RUNNING);
        claims().fail(claim, new Failure("x", "x", "x"), Optional.empty(), null);
        beans.get(DownloadService.class).retry(claim.downloadId(), Callers.of(user, "download:write"));
        assertThat(((Choice.Taken) take(claim().orElseThrow())).seat().isAnonymous()).as("a retry begins anew").isTrue();
    }

    @Test
    void whoWasOvertakenTakesNoSeat() {
        Claim old = claimed(null);
        claims().giveBack(old);
        claim().orElseThrow();
        assertThat(seating().take(old)).isEmpty();
        assertThat(seating().refuse(old, new Seat(Seat.ANONYMOUS, null))).isFalse();
    }

    @Test
    void oneThatIsToBeCanceledDoesNotWait() {
        SteamAccounts.add(beans, "one", null);
        take(claimed("one"));
        Claim second = claimed("one");
        beans.get(DownloadService.class).cancel(second.downloadId(), Callers.of(user, "download:write"));
        assertThat(take(second)).isInstanceOf(Choice.Later.class);
        assertThat(view(second).status()).isEqualTo(Status.CANCELED);
    }

    /** Forty items of an app that anonymous logins do not get, two accounts, and slots that ask again and again. */
    @Test
    void noAccountAndNoAddressEverHasMoreLoginsInAnHourThanItMayAndAllComeToTheirTurn() {
        SteamAccounts.add(beans, "one", null);
        SteamAccounts.add(beans, "two", null);
        Seat anonymous = new Seat(Seat.ANONYMOUS, null);
        SeatService seats = beans.get(SeatService.class);
        seats.learn(anonymous, seats.credentials(anonymous), Optional.of(APP), Optional.of(Reason.NOT_OWNED));
        List<UUID> wanted = IntStream.range(0, 40).mapToObj(i -> submitted(null)).toList();
        Map<UUID, List<Instant>> logins = new HashMap<>();
        int waits = 0;
        for (int step = 0; step < 200 && logins.values().stream().mapToInt(List::size).sum() < wanted.size(); step++) {
            List<Claim> slots = Stream.generate(this::claim).limit(4).flatMap(Optional::stream).toList();
            for (Claim claim : slots) {
                if (take(claim) instanceof Choice.Taken taken) {
                    logins.computeIfAbsent(taken.seat().id(), seat -> new ArrayList<>()).add(clock.now());
                } else {
                    waits++;
                }
            }
            slots.forEach(claim -> claims().fail(claim, new Failure("x", "x", "x"), Optional.empty(), null));
            clock.advance(Duration.ofMinutes(7));
        }
        assertThat(logins).hasSize(2);
        logins.values().forEach(times -> demandAtMost(2, times));
        demandAtMost(3, logins.values().stream().flatMap(List::stream).sorted().toList());
        assertThat(logins.values().stream().mapToInt(List::size).sum()).isEqualTo(wanted.size());
        assertThat(waits).as("each is sent back once, and seldom more: when two accounts counted on an address's last login")
                .isLessThan(2 * wanted.size());
    }

    private static void demandAtMost(int budget, List<Instant> times) {
        for (int i = budget; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - budget), times.get(i))).isGreaterThanOrEqualTo(Duration.ofHours(1));
        }
    }

    /** The claim's condition and the sentence are two spellings of one rule. */
    @Test
    void theClaimTakesExactlyThoseThatWaitForNothing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<UUID> accounts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            accounts.add(SteamAccounts.add(beans, "account" + i, i == 3 ? beans.addUser() : null));
        }
        Claim busy = claimed("account0");
        take(busy);
        List<Claim> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(claimed(i == 0 ? null : "account" + (i - 1)));
        }
        waiting.forEach(claim -> claims().giveBack(claim));
        for (int round = 0; round < 60; round++) {
            String role = random.nextBoolean() ? "ADMIN" : "USER";
            transaction(() -> execute("update users set role = '" + role + "' where id = '" + user + "'"));
            transaction(() -> scramble(accounts, waiting, random));
            transaction(() -> beans.get(SeatingRepository.class).sortAll());
            Set<String> open = openNow();
            for (Claim claim : waiting) {
                boolean claimable = !beans.get(EntityManager.class).createNativeQuery("select 1 from downloads d where d.id = ?1 and "
                        + org.wallwhale.steam.SeatQueries.DOES_NOT_WAIT).setParameter(1, claim.downloadId())
                        .setParameter(2, clock.now().atOffset(ZoneOffset.UTC)).setParameter(4, "default").getResultList().isEmpty();
                boolean waits = beans.get(SeatingService.class).sentences(List.of(find(claim.downloadId()))).containsKey(claim.downloadId());
                String as = "round " + round + " of seed " + seed + ": " + claim + ", " + waitsFor(claim);
                assertThat(claimable).as(as).isEqualTo(!waits);
                assertThat(waitsFor(claim).isEmpty() || open.contains(waitsFor(claim))).as(as + " of " + open).isIn(true, claimable);
                assertThat(waits && waitsFor(claim).isEmpty()).as(as).isFalse();
            }
        }
    }

    private void scramble(List<UUID> accounts, List<Claim> waiting, Random random) {
        execute("update downloads set needs_login = true where status = 'QUEUED'");
        execute("update steam_addresses set rate_limited_until = " + time(random) + ", next_login_at = " + time(random));
        execute("delete from steam_apps");
        execute("delete from seat_refusals");
        List<UUID> seats = new ArrayList<>(accounts);
        seats.add(Seat.ANONYMOUS);
        for (UUID account : accounts) {
            execute("update steam_accounts set needs_login = " + (random.nextInt(3) == 0 ? "'wrong_password'" : "null") + ", rate_limited_until = "
                    + time(random) + ", next_login_at = " + time(random) + ", test_until = " + time(random) + ", status = '"
                    + List.of("ACTIVE", "ACTIVE", "INACTIVE").get(random.nextInt(3)) + "' where id = '" + account + "'");
        }
        for (UUID seat : seats) {
            if (random.nextBoolean()) {
                execute("insert into steam_apps (app_id, seat_id, works, learned_at) values (" + (random.nextInt(4) == 0 ? 1 : APP) + ", '" + seat
                        + "', " + random.nextBoolean() + ", current_timestamp)");
            }
            for (Claim claim : waiting) {
                if (random.nextInt(3) == 0) {
                    execute("insert into seat_refusals (download_id, seat_id) values ('" + claim.downloadId() + "', '" + seat + "')");
                }
            }
        }
    }

    /** Of what is open, all that is for this user. */
    private Set<String> openNow() {
        List<?> rows = beans.get(EntityManager.class).createNativeQuery(org.wallwhale.steam.SeatQueries.OPEN)
                .setParameter(1, clock.now().atOffset(ZoneOffset.UTC)).setParameter(2, "default").getResultList();
        boolean administrator = !beans.get(SeatingRepository.class).administrators(Set.of(user)).isEmpty();
        return rows.stream().map(Object[].class::cast).filter(row -> administrator || row[1].equals("") || row[1].equals(user.toString()))
                .map(row -> row[0].toString()).collect(Collectors.toSet());
    }

    private String waitsFor(Claim claim) {
        return waitsFor(claim.downloadId());
    }

    private String waitsFor(UUID id) {
        return beans.get(EntityManager.class).createNativeQuery("select waits_for from downloads where id = ?1").setParameter(1, id)
                .getSingleResult().toString();
    }

    private String time(Random random) {
        return random.nextInt(3) > 0 ? "null" : "cast('" + clock.now().plusSeconds(random.nextBoolean() ? 60 : -60).toString().replace("T", " ")
                .replace("Z", "+00") + "' as timestamp with time zone)";
    }

    private void execute(String sql) {
        beans.get(EntityManager.class).createNativeQuery(sql).executeUpdate();
    }

    /** Two logins an hour, of the account "one". */
    private void useUpTheBudget() {
        for (int login = 0; login < 2; login++) {
            Claim claim = claimed("one");
            assertThat(take(claim)).isInstanceOf(Choice.Taken.class);
            claims().fail(claim, new Failure("x", "x", "x"), Optional.empty(), null);
        }
    }

    private Claim claimed(String account) {
        submitted(account);
        return claim().orElseThrow();
    }

    private UUID submitted(String account) {
        String id = String.valueOf(3_000_000_000L + item++);
        Download download = new Download(new Wish(user, null, id, APP, Source.STEAM, account, null, null, 0), null, 3, clock.now().plusMillis(item));
        transaction(() -> beans.get(DownloadRepository.class).add(download));
        return download.id();
    }

    private Optional<Claim> claim() {
        return claims().claim(HERE);
    }

    private Choice take(Claim claim) {
        return seating().take(claim).orElseThrow();
    }

    private ClaimService claims() {
        return beans.get(ClaimService.class);
    }

    private SeatingService seating() {
        return beans.get(SeatingService.class);
    }

    private DownloadView view(Claim claim) {
        return beans.get(DownloadService.class).get(claim.downloadId(), Callers.of(user, "download:read"));
    }

    private Download find(UUID id) {
        return beans.get(DownloadRepository.class).find(id).orElseThrow();
    }

    private List<String> log(Claim claim) {
        return beans.get(DownloadLogService.class).read(claim.downloadId(), 0, 100).orElseThrow().entries().stream().map(LogEntry::text).toList();
    }

    private void transaction(Runnable deed) {
        try {
            beans.transaction(() -> {
                deed.run();
                return null;
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
