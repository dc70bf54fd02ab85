package org.wallwhale.steam;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.metrics.Registry;

/** What is left of the logins of the first {@value #MOST_ACCOUNTS} accounts, by alias, as it was when somebody last looked. */
@ApplicationScoped
public class SteamMetrics {
    static final int MOST_ACCOUNTS = 100;
    private AccountService accounts;
    private SeatService seats;
    private ClockRepository clock;
    private volatile Map<String, Double> left = Map.of();
    private volatile Map<String, Double> wait = Map.of();
    private volatile Map<String, Double> help = Map.of();
    private volatile int addressLeft;

    SteamMetrics() {
    }

    @Inject
    SteamMetrics(AccountService accounts, SeatService seats, ClockRepository clock) {
        this.accounts = accounts;
        this.seats = seats;
        this.clock = clock;
    }

    /** Once. */
    public void declare(Registry metrics) {
        metrics.gauges("wallwhale_steam_account_logins_left", "Logins that a Steam account still has in this hour", "account", () -> left);
        metrics.gauges("wallwhale_steam_account_wait_seconds", "Seconds until a Steam account may log in again", "account", () -> wait);
        metrics.gauges("wallwhale_steam_account_needs_help", "1 for a Steam account that waits for an administrator", "account", () -> help);
        metrics.gauge("wallwhale_steam_address_logins_left", "Logins to Steam that this instance's outgoing address still has in this hour",
                () -> addressLeft);
    }

    /** Looks again. */
    public void refresh() {
        Instant now = clock.now();
        Map<String, AccountView> views = new TreeMap<>();
        accounts.first(MOST_ACCOUNTS).forEach(account -> views.put(account.alias(), account));
        left = values(views, account -> Math.max(0, account.budget() - account.loginsLastHour()));
        wait = values(views, account -> account.nextLoginAt() == null ? 0 : Math.max(0, account.nextLoginAt().getEpochSecond() - now.getEpochSecond()));
        help = values(views, account -> account.needsLogin() == null ? 0 : 1);
        addressLeft = seats.loginsLeftOfAddress();
    }

    private static Map<String, Double> values(Map<String, AccountView> views, ToDoubleFunction<AccountView> of) {
        Map<String, Double> values = new TreeMap<>();
        views.forEach((alias, account) -> values.put(alias, of.applyAsDouble(account)));
        return values;
    }
}
