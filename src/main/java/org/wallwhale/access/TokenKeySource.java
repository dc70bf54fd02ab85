package org.wallwhale.access;

import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.LocalSettings;
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
        if (!IssuerConfig.PUBLIC_KEY.equals(name) || LocalSettings.fromSystem(IssuerConfig.LOCATION).isPresent()
                || LocalSettings.fromSystem(IssuerConfig.PUBLIC_KEY).isPresent()
                || LocalSettings.fromSystem(IssuerConfig.ISSUER).filter(IssuerConfig::isExternal).isPresent()) {
            return null;
        }
        synchronized (this) {
            if (pem == null) {
                Settings settings = LocalSettings.read();
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
}
