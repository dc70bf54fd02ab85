package org.wallwhale.access;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.wallwhale.config.KeyFile;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;

/** How users prove who they are. */
@Dependent
public class AccessConfig {
    public static final KeyFile KEY_PEPPER = new KeyFile("key-pepper", "no API key works any longer and all must be made anew");
    private static final String TOKEN_KEY_FILE = "wallwhale.access.token-key-file";
    private static final String DATA_DIR = "wallwhale.data-dir";
    private static final String PROXY_HEADER = "wallwhale.access.proxy-header";
    private final ProxyHeader proxyHeader;
    private final int bcryptCost;
    private final Duration tokenLifetime;
    private final Duration sessionIdle;
    private final Duration sessionLifetime;
    private final boolean secureCookies;
    private final Optional<Path> tokenKeyFile;
    private final Optional<String> adminEmail;
    private final Optional<Secret> adminPassword;
    private final boolean sandboxEnabled;

    @Inject
    public AccessConfig(Settings settings) {
        bcryptCost = settings.wholeNumber("wallwhale.access.bcrypt-cost", 4, 18);
        tokenLifetime = settings.seconds("wallwhale.access.token-lifetime-seconds", 10, 86_400);
        sessionIdle = settings.seconds("wallwhale.access.session-idle-seconds", 10, 31_536_000);
        sessionLifetime = settings.seconds("wallwhale.access.session-lifetime-seconds", 10, 315_360_000);
        secureCookies = settings.onOff("wallwhale.access.secure-cookies");
        proxyHeader = settings.text(PROXY_HEADER).flatMap(ProxyHeader::of).orElseGet(() -> {
            settings.fault(PROXY_HEADER, "must be X-Forwarded-For or Forwarded");
            return ProxyHeader.X_FORWARDED_FOR;
        });
        checkAddresses(settings);
        tokenKeyFile = settings.path(TOKEN_KEY_FILE);
        checkTokenKey(settings);
        adminEmail = settings.text("wallwhale.admin.email");
        adminPassword = settings.secret("wallwhale.admin.password");
        sandboxEnabled = settings.onOff("wallwhale.sandbox.enabled");
        if (adminEmail.isPresent() && !adminEmail.get().matches("(?=.{1,254}$)[^@\\s]+@[^@\\s]+")) {
            settings.fault("wallwhale.admin.email", "must be a mail address of at most 254 characters, but is \"" + adminEmail.get() + "\"");
        }
        adminPassword.flatMap(password -> PasswordRules.fault(password, adminEmail.orElse("")))
                .ifPresent(fault -> settings.fault("wallwhale.admin.password", fault));
    }

    /** The configured key, or the one that lies in the data folder already. */
    private void checkTokenKey(Settings settings) {
        if (tokenKeyFile.isPresent()) {
            TokenKeys.fault(tokenKeyFile.get()).ifPresent(fault ->
                    settings.fault(TOKEN_KEY_FILE, "names " + tokenKeyFile.get() + ", which " + fault));
            return;
        }
        settings.path(DATA_DIR).map(TokenKeys::fileIn).filter(Files::exists).ifPresent(file ->
                TokenKeys.fault(file).ifPresent(fault -> settings.fault(DATA_DIR, "has the token key " + file + ", which " + fault
                        + "; or restore it from a backup, or delete it to have a new one made, which ends all sessions")));
    }

    private static void checkAddresses(Settings settings) {
        settings.path(DATA_DIR).map(AddressFile::in).filter(Files::exists).ifPresent(file -> AddressRules.read(file).faults()
                .forEach(fault -> settings.fault(DATA_DIR, "has the file " + file.getFileName() + ", whose " + fault)));
    }

    /** The header in which configured proxies name the client. */
    ProxyHeader proxyHeader() {
        return proxyHeader;
    }

    int bcryptCost() {
        return bcryptCost;
    }

    Duration tokenLifetime() {
        return tokenLifetime;
    }

    /** How long a session goes on without being renewed. */
    Duration sessionIdle() {
        return sessionIdle;
    }

    /** How long a session goes on at most. */
    Duration sessionLifetime() {
        return sessionLifetime;
    }

    /** Cookies are for TLS only, even where this server itself is not asked by TLS. */
    public boolean secureCookies() {
        return secureCookies;
    }

    /** Empty: the one in the data folder. */
    Optional<Path> tokenKeyFile() {
        return tokenKeyFile;
    }

    Optional<String> adminEmail() {
        return adminEmail;
    }

    Optional<Secret> adminPassword() {
        return adminPassword;
    }

    /** Whether a key of kind {@code test} reaches anything. */
    boolean isSandboxEnabled() {
        return sandboxEnabled;
    }
}
