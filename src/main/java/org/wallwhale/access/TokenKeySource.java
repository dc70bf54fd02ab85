package org.wallwhale.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;

/**
 * Tells MicroProfile JWT our public key, unless the operator configured another issuer or its key: the server refuses to
 * deploy when it is given two keys. It is asked before any bean exists, so it reads the settings from the system and the defaults file
 * by itself.
 */
public class TokenKeySource implements ConfigSource {
    private String pem;

    @Override
    public Set<String> getPropertyNames() {
        return Set.of(IssuerConfig.PUBLIC_KEY);
    }

    @Override
    public String getValue(String name) {
        if (!IssuerConfig.PUBLIC_KEY.equals(name) || fromSystem(IssuerConfig.LOCATION).isPresent()
                || fromSystem(IssuerConfig.PUBLIC_KEY).isPresent() || fromSystem(IssuerConfig.ISSUER).filter(IssuerConfig::isExternal).isPresent()) {
            return null;
        }
        synchronized (this) {
            if (pem == null) {
                Settings settings = new Settings(TokenKeySource::anywhere);
                pem = TokenKeys.of(new AccessConfig(settings), new DataFolder(settings)).publicPem();
            }
            return pem;
        }
    }

    @Override
    public String getName() {
        return "WallWhale token key";
    }

    /** Below the environment and the system properties. */
    @Override
    public int getOrdinal() {
        return 90;
    }

    private static Optional<String> anywhere(String key) {
        return fromSystem(key).or(() -> Optional.ofNullable(defaults().getProperty(key)));
    }

    private static Optional<String> fromSystem(String key) {
        return Optional.ofNullable(System.getProperty(key)).or(() -> Optional.ofNullable(System.getenv(Settings.variable(key))))
                .map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Properties defaults() {
        Properties defaults = new Properties();
        try (InputStream file = TokenKeySource.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            defaults.load(file);
            return defaults;
        } catch (IOException e) {
            throw new UncheckedIOException("The defaults of the settings cannot be read", e);
        }
    }
}
