package org.wallwhale.steam;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.wallwhale.metrics.Registry;

/** What is left of the logins of the first {@value #MOST_ACCOUNTS} accounts, by alias, as it was when somebody last looked. */
@ApplicationScoped
public class SteamMetrics {
    static final int MOST_ACCOUNTS = 100;
    private AccountService accounts;
    private SeatService seats;
    private volatile Map<String, Double> left = Map.of();
    private volatile Map<String, Double> wait = Map.of();
    private volatile Map<String, Double> help = Map.of();
    private volatile int addressLeft;

    SteamMetrics() {
    }

    @Inject
    SteamMetrics(AccountService accounts, SeatService seats) {
        this.accounts = accounts;
        this.seats = seats;
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
        List<LoginsLeft> now = accounts.loginsLeft(MOST_ACCOUNTS);
        left = values(now, LoginsLeft::left);
        wait = values(now, account -> account.pause().toSeconds());
        help = values(now, account -> account.needsHelp() ? 1 : 0);
        addressLeft = seats.loginsLeftOfAddress();
    }

    private static Map<String, Double> values(List<LoginsLeft> accounts, ToDoubleFunction<LoginsLeft> of) {
        Map<String, Double> values = new TreeMap<>();
        accounts.forEach(account -> values.put(account.alias(), of.applyAsDouble(account)));
        return values;
    }
}
