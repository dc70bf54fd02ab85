package org.wallwhale.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import org.wallwhale.config.Settings;

/** Settings as the server would read them: system properties, environment, then the defaults file. */
final class LocalSettings {
    private LocalSettings() {
    }

    static Settings read() {
        Properties defaults = new Properties();
        try (InputStream file = LocalSettings.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            defaults.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The defaults of the settings cannot be read", e);
        }
        return new Settings(key -> Optional.ofNullable(System.getProperty(key))
                .or(() -> Optional.ofNullable(System.getenv(Settings.variable(key))))
                .or(() -> Optional.ofNullable(defaults.getProperty(key))));
    }
}
