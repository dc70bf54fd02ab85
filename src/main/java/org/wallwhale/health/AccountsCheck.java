package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.wallwhale.steam.LoginsLeft;
import org.wallwhale.steam.SteamMetrics;

/** Always up: what is wrong with logins to Steam is no reason to send clients elsewhere. Shows how many accounts may log in now. */
@ApplicationScoped
class AccountsCheck {
    static final String NAME = "accounts";
    @Inject
    private SteamMetrics steam;

    Check look() {
        List<LoginsLeft> accounts = steam.accounts();
        List<LoginsLeft> helpless = accounts.stream().filter(LoginsLeft::needsHelp).toList();
        List<Trouble> troubles = new ArrayList<>();
        if (!helpless.isEmpty()) {
            troubles.add(new Trouble(NAME, Severity.DEGRADED, "These Steam accounts wait for an administrator: " + aliases(helpless) + ".",
                    "Test their logins under /admin/steam-users: the answer says whether it is the password, Steam Guard or a ban."));
        }
        long ready = accounts.stream().filter(LoginsLeft::isReady).count();
        if (!accounts.isEmpty() && ready == 0 && helpless.size() < accounts.size()) {
            troubles.add(new Trouble(NAME, Severity.DEGRADED, "No Steam account may log in at the moment.",
                    "Wait: budgets and Steam's own limits end by themselves. Another account, or another outgoing address, adds logins."));
        }
        if (steam.loginsLeftOfAddress() == 0) {
            troubles.add(new Trouble(NAME, Severity.DEGRADED, "The outgoing address of this instance has no logins to Steam left in this hour.",
                    "Wait: the oldest login is an hour old soon. wallwhale.steam.address-logins-per-hour says how many there are."));
        }
        return Check.of(NAME, Map.of("accounts", accounts.size(), "ready", ready, "needHelp", helpless.size()), troubles);
    }

    private static String aliases(List<LoginsLeft> accounts) {
        return accounts.stream().map(LoginsLeft::alias).collect(Collectors.joining(", "));
    }
}
