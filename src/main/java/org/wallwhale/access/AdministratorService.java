package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.wallwhale.audit.Actor;
import org.wallwhale.config.DataFolder;
import org.wallwhale.problem.Problem;
import org.wallwhale.secret.Secret;

/** Makes the first administrator: the configured one at start, else whoever has the one-time token that the start leaves. */
@ApplicationScoped
public class AdministratorService {
    /** Holds a generated password, mode 0600, until it is read and deleted. */
    public static final String PASSWORD_FILE = "first-administrator-password";
    /**
     * Holds an API key of kind {@code test}, mode 0600, that ends ten minutes after a password was generated: the launcher shows a
     * first download with it, while the password lets nobody do anything but change it.
     */
    public static final String KEY_FILE = "first-start-key";
    /** Holds the one-time token, mode 0600, until there is an administrator. */
    static final String TOKEN_FILE = "setup-token";
    private static final Duration KEY_LIFETIME = Duration.ofMinutes(10);
    private static final long MISSED_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Logger LOG = System.getLogger(AdministratorService.class.getName());
    private UserService users;
    private ApiKeyService keys;
    private AccessConfig config;
    private DataFolder folder;
    private IssuerConfig issuer;
    private volatile boolean found;
    private volatile Long missedAt;

    AdministratorService() {
    }

    @Inject
    AdministratorService(UserService users, ApiKeyService keys, AccessConfig config, DataFolder folder, IssuerConfig issuer) {
        this.users = users;
        this.keys = keys;
        this.config = config;
        this.folder = folder;
        this.issuer = issuer;
    }

    /**
     * Makes the configured administrator, or leaves a token for {@link #setUp} in the log and in the data folder; does nothing when
     * there is an administrator. A generated password must be changed before anything else works.
     */
    @Transactional
    public void ensureAdministrator() {
        users.lock();
        if (users.hasAdministrator()) {
            forget(TOKEN_FILE);
            forget(KEY_FILE);
        } else if (config.adminEmail().isEmpty()) {
            LOG.log(Level.INFO, "This server has no administrator yet. Make one: POST /api/v1/setup "
                    + "{\"token\":\"" + fromFile(TOKEN_FILE).reveal() + "\",\"email\":…,\"password\":…}");
        } else {
            makeConfigured(config.adminEmail().get());
        }
    }

    private void makeConfigured(String email) {
        boolean generated = config.adminPassword().isEmpty();
        Secret password = config.adminPassword().orElseGet(() -> fromFile(PASSWORD_FILE));
        UserView made = users.createFirstAdministrator(email, password, generated, Actor.server());
        if (generated && config.isSandboxEnabled()) {
            leaveKey(made);
        }
        LOG.log(Level.INFO, "Made the first administrator, " + made.email() + "."
                + (generated ? " The generated password lies in secrets/" + PASSWORD_FILE + " in the data folder: read it, delete the file, "
                        + "and change the password by PUT /api/v1/me/password; nothing else works before." : ""));
    }

    private void leaveKey(UserView owner) {
        Caller caller = new Caller(Actor.server().as(owner.id(), Optional.empty()), owner.role().scopes(), false, owner.limits(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
        CreatedApiKey key = keys.create(ApiKeyTerms.ofTestKey("First download", List.of(Scope.DOWNLOAD_READ, Scope.DOWNLOAD_WRITE),
                owner.createdAt().plus(KEY_LIFETIME)), caller);
        forget(KEY_FILE);
        folder.secret(KEY_FILE, () -> key.key().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Whether there is no administrator yet, and none comes from another issuer. Everybody may ask this, so the database is asked every
     * five seconds at most, and never again once there is one.
     */
    boolean isNeeded() {
        Long missed = missedAt;
        if (!found && (missed == null || System.nanoTime() - missed > MISSED_NANOS)) {
            found = issuer.issuer().isPresent() && issuer.adminRole().isPresent() || users.hasAdministrator();
            missedAt = System.nanoTime();
        }
        return !found;
    }

    /** FORBIDDEN for a wrong token, CONFLICT once there is an administrator. */
    @Transactional
    UserView setUp(SetUp wish, Actor actor) {
        if (users.hasAdministrator()) {
            throw Problem.CONFLICT.because("This server has an administrator already: log in.");
        }
        if (!fromFile(TOKEN_FILE).equals(wish.token())) {
            throw Problem.FORBIDDEN.at("/token", "This is not the one-time token that the server's log tells at start, and that lies in secrets/"
                    + TOKEN_FILE + " in the data folder.");
        }
        PasswordRules.demand("/password", wish.password(), wish.email());
        return users.createFirstAdministrator(wish.email(), wish.password(), false, actor);
    }

    /** Call it once the administrator is committed: without one, the token is needed again. */
    void forgetToken() {
        found = true;
        forget(TOKEN_FILE);
    }

    private void forget(String name) {
        try {
            Files.deleteIfExists(folder.folder("secrets").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("secrets/" + name + " could not be deleted", e);
        }
    }

    /** Made if it is missing, the same on all instances. */
    private Secret fromFile(String name) {
        byte[] secret = folder.secret(name, () -> Passwords.random().reveal().getBytes(StandardCharsets.US_ASCII));
        return Secret.of(new String(secret, StandardCharsets.US_ASCII));
    }
}
