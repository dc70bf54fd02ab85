package org.wallwhale.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

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

    /**
     * All settings as they are here, in the order of the file of the defaults.
     *
     * @param assumed the variables that the launcher set because nobody else had, which it is the source of
     */
    public static List<SettingView> all(Set<String> assumed) {
        return Setting.all().stream().map(setting -> {
            Optional<String> set = fromSystem(setting.name()).filter(text -> !text.isBlank());
            Optional<String> value = set.or(() -> Optional.of(setting.defaultText()).filter(text -> !text.isEmpty()));
            String source = set.isEmpty() ? "default" : System.getProperty(setting.name()) != null ? "system property"
                    : assumed.contains(setting.variable()) ? "./wallwhale" : "environment";
            return new SettingView(setting.name(), setting.variable(), value.map(setting::shown).orElse(null),
                    setting.defaultText().isEmpty() ? null : setting.defaultText(), setting.meaning(), value.isEmpty() ? null : source);
        }).toList();
    }

    /** What the operator set, without a default. */
    public static Optional<String> fromSystem(String key) {
        return Optional.ofNullable(System.getProperty(key)).or(() -> Optional.ofNullable(System.getenv(Settings.variable(key))));
    }
}
