package org.wallwhale.access;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;

/** How users prove who they are. */
@Dependent
public class AccessConfig {
    private final int bcryptCost;
    private final Duration tokenLifetime;
    private final Optional<String> adminEmail;
    private final Optional<Secret> adminPassword;

    @Inject
    public AccessConfig(Settings settings) {
        bcryptCost = settings.wholeNumber("wallwhale.access.bcrypt-cost", 4, 18);
        tokenLifetime = settings.seconds("wallwhale.access.token-lifetime-seconds", 10, 86_400);
        adminEmail = settings.text("wallwhale.admin.email");
        adminPassword = settings.secret("wallwhale.admin.password");
        if (adminEmail.isPresent() && !adminEmail.get().matches("[^@\\s]+@[^@\\s]+")) {
            settings.fault("wallwhale.admin.email", "must be a mail address, but is \"" + adminEmail.get() + "\"");
        }
        if (adminPassword.isPresent() && !Passwords.isLongEnough(adminPassword.get().reveal())) {
            settings.fault("wallwhale.admin.password", "must have from 12 to 128 characters");
        }
    }

    int bcryptCost() {
        return bcryptCost;
    }

    Duration tokenLifetime() {
        return tokenLifetime;
    }

    Optional<String> adminEmail() {
        return adminEmail;
    }

    Optional<Secret> adminPassword() {
        return adminPassword;
    }
}
