package org.wallwhale.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;

/** What this instance was started with, so that it may be shown to administrators. */
@ApplicationScoped
public class EffectiveSettings {
    /** In the order of the file of the defaults. */
    public List<SettingView> all() {
        return Setting.all().stream().map(EffectiveSettings::view).toList();
    }

    private static SettingView view(Setting setting) {
        ConfigValue found = ConfigProvider.getConfig().getConfigValue(setting.name());
        Optional<String> value = Optional.ofNullable(found.getValue()).filter(text -> !text.isBlank());
        return new SettingView(setting.name(), setting.variable(), value.map(setting::shown).orElse(null),
                setting.defaultText().isEmpty() ? null : setting.defaultText(), setting.meaning(),
                value.map(text -> source(setting, text, found.getSourceName())).orElse(null));
    }

    /** Servers give their sources names of their own: what is the same everywhere is looked for first, in their order. */
    static String source(Setting setting, String value, String source) {
        if (value.equals(System.getProperty(setting.name()))) {
            return "system property";
        }
        if (variables(setting.name()).map(System::getenv).anyMatch(value::equals)) {
            return "environment";
        }
        return value.equals(setting.defaultText()) ? "default" : String.valueOf(source).replaceAll("\\S*[/\\\\]", "");
    }

    /** As MicroProfile Config looks for them. */
    private static Stream<String> variables(String name) {
        return Stream.of(name, name.replaceAll("[^A-Za-z0-9]", "_"), Settings.variable(name));
    }
}
