package org.wallwhale.steam;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.wallwhale.access.Caller;
import org.wallwhale.audit.AuditService;
import org.wallwhale.config.SealingConfig;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.problem.Problem;
import org.wallwhale.secret.Sealing;
import org.wallwhale.secret.Secret;

/** What administrators do with Steam accounts. Secrets go in and never out. */
@ApplicationScoped
public class AccountService {
    private static final String RESERVED = "sandbox";
    private AccountRepository accounts;
    private SeatRepository seats;
    private PromptService prompts;
    private Homes homes;
    private ClockRepository clock;
    private SteamConfig config;
    private Sealing sealing;
    private AuditService audit;
    private Event<AccountChanged> changed;

    AccountService() {
    }

    @Inject
    AccountService(AccountRepository accounts, SeatRepository seats, PromptService prompts, Homes homes, ClockRepository clock,
            SteamConfig config, SealingConfig sealing, AuditService audit, Event<AccountChanged> changed) {
        this.accounts = accounts;
        this.seats = seats;
        this.prompts = prompts;
        this.homes = homes;
        this.clock = clock;
        this.config = config;
        this.sealing = sealing.sealing();
        this.audit = audit;
        this.changed = changed;
    }

    @Transactional
    AccountList list(int limit, int offset) {
        List<Account> page = accounts.page(limit, offset);
        List<AccountView> views = views(page);
        long total = accounts.count();
        return new AccountList(views, new AccountList.Pagination(total, limit, offset, offset + views.size() < total));
    }

    /** Of the first accounts by alias. */
    @Transactional
    List<LoginsLeft> loginsLeft(int limit) {
        Instant now = clock.now();
        List<Account> page = accounts.page(limit, 0);
        Map<UUID, Integer> logins = logins(page, now);
        return page.stream().map(account -> new LoginsLeft(account.alias(),
                logins.getOrDefault(account.id(), 0), config.accountLogins(),
                account.opensAt(now).map(next -> Duration.between(now, next)).orElse(Duration.ZERO), account.needsLogin() != null)).toList();
    }

    /** NOT_FOUND for an unknown id. */
    @Transactional
    public AccountView get(UUID id) {
        return view(accounts.get(id));
    }

    /** CONFLICT for an alias that is taken, UNPROCESSABLE for a password that Steam cannot have. */
    @Transactional
    AccountView create(AccountWish body, Caller caller) {
        AccountWish wish = body.orActive();
        if (wish.password() == null) {
            throw Problem.INVALID.at("/password", "password is missing.");
        }
        accounts.lockAll();
        demandGood(wish, null);
        Account account = new Account(clock.now());
        account.describe(wish, account.createdAt());
        account.keepSecrets(sealing.seal(wish.password(), account.passwordPlace()), sharedSecret(wish, account));
        accounts.add(account);
        audit.done(caller.actor(), "steam-user.create", subject(account.id()), null, AccountTerms.of(account));
        changed.fire(new AccountChanged(account.id(), false));
        return view(account);
    }

    /**
     * Makes an account what {@code change} makes of it. A new password, login name or status has what was learned of the login
     * forgotten. PRECONDITION_FAILED when {@code expected} does not accept the present version.
     */
    @Transactional
    AccountView change(UUID id, UnaryOperator<AccountWish> change, LongPredicate expected, Caller caller) {
        Account account = changeable(id, expected);
        AccountWish wish = change.apply(AccountWish.of(account));
        if (wish.status() == null) {
            throw Problem.INVALID.at("/status", "status is missing: it must be active, inactive or banned.");
        }
        demandGood(wish, id);
        AccountTerms before = AccountTerms.of(account);
        boolean otherLogin = wish.password() != null || !wish.loginName().equals(account.loginName());
        account.describe(wish, clock.now());
        account.keepSecrets(wish.password() == null ? account.password() : sealing.seal(wish.password(), account.passwordPlace()),
                sharedSecret(wish, account));
        audit.done(caller.actor(), "steam-user.update", subject(id), before, AccountTerms.of(account));
        if (wish.password() != null) {
            audit.done(caller.actor(), "steam-user.password", subject(id), null, null);
        }
        if (otherLogin) {
            accounts.forgive(id);
        }
        seats.forgetApps(id);
        changed.fire(new AccountChanged(id, false));
        return view(accounts.get(id));
    }

    /** With its HOME. CONFLICT while a run uses it. */
    @Transactional
    void delete(UUID id, LongPredicate expected, Caller caller) {
        Account account = changeable(id, expected);
        if (account.isTested(clock.now())) {
            throw Problem.CONFLICT.because("A test login uses this account; try again when it is over.");
        }
        AccountTerms before = AccountTerms.of(account);
        accounts.remove(account);
        seats.forgetApps(id);
        audit.done(caller.actor(), "steam-user.delete", subject(id), before, null);
        // last: who hears of it may write, which ends the life of what was read
        changed.fire(new AccountChanged(id, true));
    }

    void dropHome(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccountChanged event) {
        if (event.deleted()) {
            homes.delete(event.accountId());
        }
    }

    /** The alias that a download's {@code accountName} stands for; empty where there is none that this user may use. */
    @Transactional
    public Optional<String> usable(String accountName, UUID userId) {
        return accounts.findByAlias(accountName).filter(account -> account.mayBeNamedBy(userId, accounts.isAdministrator(userId))).map(Account::alias);
    }

    /** Whose the account is; empty where it is everybody's, or gone. */
    @Transactional
    public Optional<UUID> ownerOf(UUID id) {
        return accounts.find(id).map(Account::ownerId);
    }

    /** Says how a test login ended; the account is free again. */
    @Transactional
    public void endTest(TestTicket ticket, String result, String detail) {
        accounts.tested(ticket.seat().id(), ticket.startedAt(), result, detail.length() <= 1000 ? detail : detail.substring(0, 1000));
        changed.fire(new AccountChanged(ticket.seat().id(), false));
    }

    /** Answers Steam Guard for a test login. NOT_FOUND for an unknown account, CONFLICT where nothing is asked. */
    @Transactional
    AccountView answer(UUID id, Secret code, Caller caller) {
        accounts.get(id);
        prompts.answer(id, subject(id), code, caller);
        return get(id);
    }

    private Account changeable(UUID id, LongPredicate expected) {
        accounts.lockAll();
        Account account = accounts.getLocked(id);
        if (!expected.test(account.version())) {
            throw Problem.PRECONDITION_FAILED.because("This Steam account was changed meanwhile: get it again and look before you change it.");
        }
        return account;
    }

    private void demandGood(AccountWish wish, UUID id) {
        if (wish.alias().equalsIgnoreCase(RESERVED)) {
            throw Problem.INVALID.at("/alias", "The alias \"sandbox\" is the scripted stand-in's; choose another one.");
        }
        if (accounts.findByAlias(wish.alias()).filter(other -> !other.id().equals(id)).isPresent()) {
            throw Problem.CONFLICT.at("/alias", "There is a Steam account with this alias already.");
        }
        if (wish.ownerId() != null && !accounts.isActiveUser(wish.ownerId())) {
            throw Problem.INVALID.at("/ownerId", "There is no active user with this id.");
        }
        if (wish.password() != null && !wish.password().reveal().matches("[\\x20-\\x7E]{1,64}")) {
            throw Problem.UNPROCESSABLE.at("/password", "Steam knows passwords of 1 to 64 ASCII characters only.");
        }
        if (wish.sharedSecret() != null && !wish.sharedSecret().reveal().isEmpty()) {
            demandSharedSecret(wish.sharedSecret());
        }
    }

    private static void demandSharedSecret(Secret secret) {
        try {
            GuardCodes.of(secret);
        } catch (IllegalArgumentException e) {
            throw Problem.UNPROCESSABLE.at("/sharedSecret", "sharedSecret must be the Base64 of 20 bytes.");
        }
    }

    private String sharedSecret(AccountWish wish, Account account) {
        if (wish.sharedSecret() == null) {
            return account.sharedSecret();
        }
        return wish.sharedSecret().reveal().isEmpty() ? null : sealing.seal(wish.sharedSecret(), account.sharedSecretPlace());
    }

    private AccountView view(Account account) {
        return views(List.of(account)).get(0);
    }

    /** The same number of questions, however many accounts. */
    private List<AccountView> views(List<Account> page) {
        Instant now = clock.now();
        Map<UUID, GuardPrompt> asked = prompts.openByAccount();
        Map<UUID, Integer> logins = logins(page, now);
        Map<UUID, List<SeatApp>> apps = seats.apps().stream().sorted(Comparator.comparingLong(SeatApp::appId))
                .collect(Collectors.groupingBy(SeatApp::seatId));
        return page.stream().map(account -> AccountView.of(account, asked.get(account.id()), logins.getOrDefault(account.id(), 0),
                config.accountLogins(), apps.getOrDefault(account.id(), List.of()), now)).toList();
    }

    private Map<UUID, Integer> logins(List<Account> page, Instant now) {
        return seats.logins(page.stream().map(Account::id).toList(), now.minus(SteamConfig.WINDOW));
    }

    static String subject(UUID id) {
        return "admin/steam-users/" + id;
    }
}
