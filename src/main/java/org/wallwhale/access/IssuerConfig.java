package org.wallwhale.access;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.wallwhale.config.Settings;

/**
 * Whose tokens are let in besides our own: the settings of MicroProfile JWT, by which the server verifies them, and what their
 * claims mean here.
 */
@Dependent
public class IssuerConfig {
    static final String ISSUER = "mp.jwt.verify.issuer";
    static final String PUBLIC_KEY = "mp.jwt.verify.publickey";
    static final String LOCATION = PUBLIC_KEY + ".location";
    private static final String AUDIENCES = "mp.jwt.verify.audiences";
    private static final String ADMIN_ROLE = "wallwhale.access.admin-role";
    private static final String USER_ROLE = "wallwhale.access.user-role";
    private static final int LONGEST_ISSUER = 500;
    private final Optional<String> issuer;
    private final String rolesClaim;
    private final Optional<String> scopesClaim;
    private final Optional<String> adminRole;
    private final Optional<String> userRole;

    @Inject
    public IssuerConfig(Settings settings) {
        issuer = settings.text(ISSUER).filter(IssuerConfig::isExternal);
        rolesClaim = settings.text("wallwhale.access.roles-claim").orElse("groups");
        scopesClaim = settings.text("wallwhale.access.scopes-claim");
        adminRole = settings.text(ADMIN_ROLE);
        userRole = settings.text(USER_ROLE);
        boolean atLocation = settings.text(LOCATION).isPresent();
        if (issuer.isPresent()) {
            check(settings, atLocation);
        } else if (atLocation) {
            settings.fault(ISSUER, "must name the issuer whose keys " + Settings.variable(LOCATION) + " gives, as its tokens do");
        }
    }

    private void check(Settings settings, boolean atLocation) {
        if (issuer.orElseThrow().length() > LONGEST_ISSUER) {
            settings.fault(ISSUER, "must have at most " + LONGEST_ISSUER + " characters");
        }
        if (atLocation == settings.text(PUBLIC_KEY).isPresent()) {
            settings.fault(LOCATION, "or " + Settings.variable(PUBLIC_KEY) + ", one of them, must give the keys of the issuer "
                    + issuer.get());
        }
        if (settings.text(AUDIENCES).isEmpty()) {
            settings.fault(AUDIENCES, "must name what the tokens of " + issuer.get() + " for this server say in \"aud\"; else every "
                    + "token of that issuer would be good here, whatever it was made for");
        }
        if (adminRole.isEmpty() && userRole.isEmpty()) {
            settings.fault(USER_ROLE, "or " + Settings.variable(ADMIN_ROLE) + " must name a role of the issuer " + issuer.get()
                    + "; else none of its users would get in");
        }
    }

    static boolean isExternal(String issuer) {
        return !issuer.equals(TokenService.ISSUER);
    }

    /** Empty: our own login is the only one. */
    Optional<String> issuer() {
        return issuer;
    }

    String rolesClaim() {
        return rolesClaim;
    }

    /** Empty: the role says it. */
    Optional<String> scopesClaim() {
        return scopesClaim;
    }

    /** What the issuer calls our administrators. */
    Optional<String> adminRole() {
        return adminRole;
    }

    /** What the issuer calls our users. */
    Optional<String> userRole() {
        return userRole;
    }
}
