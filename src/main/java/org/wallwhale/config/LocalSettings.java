package org.wallwhale.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** Settings where no server reads them: system properties, environment, then the defaults file. */
public final class LocalSettings {
    private LocalSettings() {
    }

    public static Settings read() {
        Properties defaults = new Properties();
        try (InputStream file = LocalSettings.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            defaults.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The defaults of the settings cannot be read", e);
        }
        return new Settings(key -> fromSystem(key).or(() -> Optional.ofNullable(defaults.getProperty(key))));
    }

    /** What the operator set, without a default. */
    public static Optional<String> fromSystem(String key) {
        return Optional.ofNullable(System.getProperty(key)).or(() -> Optional.ofNullable(System.getenv(Settings.variable(key))));
    }
}
