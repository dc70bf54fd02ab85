package org.wallwhale.steam;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wallwhale.access.Caller;
import org.wallwhale.audit.AuditService;
import org.wallwhale.config.SealingConfig;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.engine.Login;
import org.wallwhale.engine.Reason;
import org.wallwhale.problem.Problem;
import org.wallwhale.secret.Sealing;

/**
 * Seats: how they stand, what each login costs, and what a run teaches. Whoever chooses and charges holds the claims' lock, because
 * budgets are not exact otherwise.
 */
@ApplicationScoped
public class SeatService {
    private static final Duration FIRST_REST = Duration.ofHours(1);
    private static final Duration FIRST_REST_FOR_ONE = Duration.ofMinutes(15);
    private static final int MOST_DOUBLINGS = 3;
    private static final double JITTER = 0.2;
    /** A refusal of an app, and that it worked against a later refusal. */
    private static final Duration APP_COUNTS = Duration.ofDays(7);
    private AccountRepository accounts;
    private SeatRepository seats;
    private PromptRepository prompts;
    private ClockRepository clock;
    private SteamConfig config;
    private Sealing sealing;
    private AuditService audit;

    SeatService() {
    }

    @Inject
    SeatService(AccountRepository accounts, SeatRepository seats, PromptRepository prompts, ClockRepository clock, SteamConfig config,
            SealingConfig sealing, AuditService audit) {
        this.accounts = accounts;
        this.seats = seats;
        this.prompts = prompts;
        this.clock = clock;
        this.config = config;
        this.sealing = sealing.sealing();
        this.audit = audit;
    }

    /** What a seat logs in with. {@code version} is the account's when this was read, at {@code readAt}, just before the login. */
    public record Credentials(Optional<Login> login, Optional<GuardCodes> codes, int version, Instant readAt) {
    }

    /** {@code busy} are the accounts that downloads run with. */
    @Transactional
    public Seats look(Set<UUID> busy, Instant now) {
        Set<UUID> asked = prompts.open(now).stream().map(Prompt::accountId).filter(id -> id != null).collect(Collectors.toSet());
        return new Seats(accounts.all(), seats.findAddress(config.outgoingAddress()).flatMap(address -> address.opensAt(now)), busy, asked,
                seats.apps(), now);
    }

    public String outgoingAddress() {
        return config.outgoingAddress();
    }

    /** Counts a login that begins now. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void charge(Seat seat, Instant now) {
        seats.dropLoginsBefore(now.minus(SteamConfig.WINDOW.multipliedBy(2)));
        seats.add(new PastLogin(seat.isAnonymous() ? null : seat.id(), config.outgoingAddress(), now));
        if (!seat.isAnonymous()) {
            seats.used(seat.id(), now);
        }
        updateBudgets(seat);
    }

    private void updateBudgets(Seat seat) {
        if (!seat.isAnonymous()) {
            seats.loginOf(seat.id(), config.accountLogins()).ifPresent(at -> seats.nextLoginAt(seat.id(), at.plus(SteamConfig.WINDOW)));
        }
        seats.loginFrom(config.outgoingAddress(), config.addressLogins())
                .ifPresent(at -> seats.nextLoginFrom(config.outgoingAddress(), at.plus(SteamConfig.WINDOW)));
    }

    /** The secrets of an account; nothing for the anonymous seat. */
    @Transactional
    public Credentials credentials(Seat seat) {
        if (seat.isAnonymous()) {
            return new Credentials(Optional.empty(), Optional.empty(), 0, clock.now());
        }
        Account account = accounts.get(seat.id());
        Login login = new Login(account.loginName(), sealing.open(account.password(), account.passwordPlace()));
        return new Credentials(Optional.of(login), Optional.ofNullable(account.sharedSecret())
                .map(sealed -> GuardCodes.of(sealing.open(sealed, account.sharedSecretPlace()))), account.version(), clock.now());
    }

    /**
     * Remembers what a run says of its login and of the app. Only {@link Reason#NOT_OWNED} says that Steam does not give the app to
     * this login; whatever else an item was refused by is that item's matter.
     *
     * @param used what the run logged in with
     * @param appId of the item; empty where nobody knows it, or where the run was of none
     * @param outcome why there is no content; empty for a success
     * @return whether what is known of apps is another thing now
     */
    @Transactional
    public boolean learn(Seat seat, Credentials used, Optional<Long> appId, Optional<Reason> outcome) {
        Instant now = clock.now();
        Set<SeatApp> before = seats.apps();
        Reason reason = outcome.orElse(null);
        if (reason == Reason.RATE_LIMITED) {
            rest(seat, now);
        } else if (reason == Reason.ADDRESS_BANNED) {
            restAddress(FIRST_REST, now);
        } else if (reason != null && Verdict.of(reason) == Verdict.NEEDS_HELP && !seat.isAnonymous()) {
            seats.needsLogin(seat.id(), used.version(), reason.code());
        } else if (reason == null || Verdict.of(reason) == Verdict.LET_IN) {
            letIn(seat, used.readAt());
        }
        Instant counts = now.minus(APP_COUNTS);
        seats.forgetRefusalsBefore(counts);
        if (reason == null || reason == Reason.NOT_OWNED) {
            appId.ifPresent(app -> seats.learn(new SeatApp(seat.id(), app, reason == null), now, counts));
        }
        return !seats.apps().equals(before);
    }

    private void letIn(Seat seat, Instant began) {
        seats.loggedInFrom(config.outgoingAddress(), began);
        if (!seat.isAnonymous()) {
            seats.loggedIn(seat.id());
        }
    }

    /** Steam does not say whether it means the account or the address: so nobody else is sent to ask at once. */
    private void rest(Seat seat, Instant now) {
        if (!seat.isAnonymous()) {
            int before = accounts.find(seat.id()).map(Account::rateLimits).orElse(0);
            seats.rateLimited(seat.id(), now.plus(doubled(FIRST_REST, before)));
        }
        restAddress(seat.isAnonymous() ? FIRST_REST : FIRST_REST_FOR_ONE, now);
    }

    /** Logins that were under way when the rest began are refused for the same reason: that is no further time. */
    private void restAddress(Duration first, Instant now) {
        Address address = seats.lockAddress(config.outgoingAddress());
        int again = address.rests(now) ? 0 : 1;
        seats.rateLimited(address.name(), now.plus(doubled(first, address.rateLimits() + again - 1)), again);
    }

    /** Each further time in a row, with up to a fifth more by chance: nobody knows when Steam forgives. */
    private static Duration doubled(Duration first, int before) {
        long millis = first.toMillis() << Math.min(before, MOST_DOUBLINGS);
        return Duration.ofMillis((long) (millis * (1 + JITTER * ThreadLocalRandom.current().nextDouble())));
    }

    /** In the transaction that holds the claims' lock. Whether a download uses the account is said by {@code busy}. */
    @Transactional(Transactional.TxType.MANDATORY)
    public TestTicket beginTest(UUID id, boolean busy, Duration within, Caller caller) {
        Instant now = clock.now();
        Account account = accounts.get(id);
        Seat seat = new Seat(id, account.alias());
        if (busy || account.isTested(now)) {
            throw Problem.CONFLICT.because("This Steam account is in use by another run; try again when it is over.");
        }
        if (Reason.WRONG_PASSWORD.code().equals(account.needsLogin())) {
            throw Problem.CONFLICT.because("Steam refused this account's password: change it first, because more tries may lock the account.");
        }
        Stream.of(account.opensAt(now), seats.findAddress(config.outgoingAddress()).flatMap(address -> address.opensAt(now)))
                .flatMap(Optional::stream).max(Instant::compareTo).ifPresent(next -> {
                    throw Problem.CONFLICT.because("No login of this account is allowed before " + next + ".");
                });
        charge(seat, now);
        accounts.testing(id, now, now.plus(within));
        audit.done(caller.actor(), "steam-user.test", AccountService.subject(id), null, null);
        return new TestTicket(seat, now);
    }

    /** Of this instance's. */
    @Transactional
    public int loginsLeftOfAddress() {
        return Math.max(0, config.addressLogins() - seats.loginsFrom(config.outgoingAddress(), clock.now().minus(SteamConfig.WINDOW)));
    }

    /** Budgets by the settings of now, which may have changed since the last start. */
    @Transactional
    public void applyBudgets() {
        Instant now = clock.now();
        for (Account account : accounts.all()) {
            seats.nextLoginAt(account.id(), seats.loginOf(account.id(), config.accountLogins()).map(at -> at.plus(SteamConfig.WINDOW)).orElse(now));
        }
        seats.nextLoginFrom(config.outgoingAddress(), seats.loginFrom(config.outgoingAddress(), config.addressLogins())
                .map(at -> at.plus(SteamConfig.WINDOW)).orElse(now));
    }
}
