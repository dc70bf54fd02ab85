package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.wallwhale.config.DataFolder;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.secret.Secret;

/** Makes the first administrator. */
@ApplicationScoped
public class AdministratorService {
    /** Holds a generated password, mode 0600, until it is read and deleted. */
    public static final String PASSWORD_FILE = "first-administrator-password";
    private static final Logger LOG = System.getLogger(AdministratorService.class.getName());
    private UserRepository users;
    private Passwords passwords;
    private AccessConfig config;
    private DataFolder folder;
    private ClockRepository clock;

    AdministratorService() {
    }

    @Inject
    AdministratorService(UserRepository users, Passwords passwords, AccessConfig config, DataFolder folder, ClockRepository clock) {
        this.users = users;
        this.passwords = passwords;
        this.config = config;
        this.folder = folder;
        this.clock = clock;
    }

    /** Does nothing when there is an administrator, or when no address is configured for one. */
    @Transactional
    public void ensureAdministrator() {
        if (config.adminEmail().isEmpty()) {
            return;
        }
        users.awaitTurn();
        if (users.hasAdministrator()) {
            return;
        }
        String email = config.adminEmail().get();
        users.add(new User(email, passwords.hash(config.adminPassword().orElseGet(this::generated)), Role.ADMIN, clock.now()));
        LOG.log(Level.INFO, "Made the first administrator, " + User.normalized(email) + "."
                + (config.adminPassword().isPresent() ? "" : " The generated password lies in secrets/" + PASSWORD_FILE
                        + " in the data folder: read it, then delete the file."));
    }

    private Secret generated() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        byte[] password = folder.secret(PASSWORD_FILE, () -> Base64.getUrlEncoder().encode(random));
        return Secret.of(new String(password, StandardCharsets.US_ASCII));
    }
}
