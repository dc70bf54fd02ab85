package org.wallwhale.steam;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.wallwhale.config.Settings;

/** How often Steam is logged in to, and from where. */
@Dependent
public class SteamConfig {
    static final Duration WINDOW = Duration.ofHours(1);
    private static final String ADDRESS = "wallwhale.steam.outgoing-address";
    private final String outgoingAddress;
    private final int accountLogins;
    private final int addressLogins;
    private final boolean strictNames;

    @Inject
    public SteamConfig(Settings settings) {
        outgoingAddress = settings.text(ADDRESS).orElse("");
        if (!outgoingAddress.matches("[A-Za-z0-9][A-Za-z0-9.:_-]{0,99}")) {
            settings.fault(ADDRESS, "must be 1 to 100 letters, digits, dots, colons, underscores and hyphens, but is \"" + outgoingAddress + "\"");
        }
        accountLogins = settings.wholeNumber("wallwhale.steam.account-logins-per-hour", 1, 1000);
        addressLogins = settings.wholeNumber("wallwhale.steam.address-logins-per-hour", 1, 1000);
        strictNames = settings.onOff("wallwhale.steam.strict-account-names");
    }

    /** What Steam sees this instance come from; instances with the same name share its budget. */
    public String outgoingAddress() {
        return outgoingAddress;
    }

    /** In a sliding hour. */
    int accountLogins() {
        return accountLogins;
    }

    /** In a sliding hour, anonymous ones included. */
    int addressLogins() {
        return addressLogins;
    }

    /** Whether a submit that names an unknown account is refused. */
    public boolean strictNames() {
        return strictNames;
    }
}
