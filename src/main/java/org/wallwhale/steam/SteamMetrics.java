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
    private volatile List<LoginsLeft> latest = List.of();
    private volatile int addressLeft = 1;

    SteamMetrics() {
    }

    @Inject
    SteamMetrics(AccountService accounts, SeatService seats) {
        this.accounts = accounts;
        this.seats = seats;
    }

    /** Once. */
    public void declare(Registry metrics) {
        metrics.gauges("wallwhale_steam_account_logins_left", "Logins that a Steam account still has in this hour", "account", () -> values(LoginsLeft::left));
        metrics.gauges("wallwhale_steam_account_wait_seconds", "Seconds until a Steam account may log in again", "account", 
                () -> values(account -> account.pause().toSeconds()));
        metrics.gauges("wallwhale_steam_account_needs_help", "1 for a Steam account that waits for an administrator", "account", 
                () -> values(account -> account.needsHelp() ? 1 : 0));
        metrics.gauge("wallwhale_steam_address_logins_left", "Logins to Steam that this instance's outgoing address still has in this hour",
                () -> addressLeft);
    }

    /** Looks again. */
    public void refresh() {
        latest = accounts.loginsLeft(MOST_ACCOUNTS);
        addressLeft = seats.loginsLeftOfAddress();
    }

    /** As somebody last looked. */
    public List<LoginsLeft> accounts() {
        return latest;
    }

    /** Of this instance's outgoing address in this hour, as somebody last looked. */
    public int loginsLeftOfAddress() {
        return addressLeft;
    }

    private Map<String, Double> values(ToDoubleFunction<LoginsLeft> of) {
        Map<String, Double> values = new TreeMap<>();
        latest.forEach(account -> values.put(account.alias(), of.applyAsDouble(account)));
        return values;
    }
}
