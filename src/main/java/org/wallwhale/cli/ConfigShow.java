package org.wallwhale.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.SettingView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Every setting, its value and where that comes from. */
@Command(name = "show", mixinStandardHelpOptions = true,
        description = {"Shows every setting, its value, and where that comes from. Secrets are masked.", ""},
        footer = {"", "Examples:", "  wallwhale config show", "  wallwhale config show engine store.keep-days      those with this in their name",
            "  wallwhale config show --json | jq -r '.[] | select(.source == \"environment\") | .variable'"})
final class ConfigShow implements Callable<Integer> {
    @Mixin
    private Terminal terminal = new Terminal();
    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Only settings with this in their name or variable.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() {
        Set<String> assumed = Set.of(System.getProperty("cli.assumed", "").split(","));
        List<SettingView> settings = LocalSettings.all(assumed).stream().filter(this::isAsked).toList();
        if (settings.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, "No setting has that in its name: wallwhale config show lists all of them.");
        }
        terminal.table(List.of("SETTING", "VALUE", "FROM"), settings.stream().map(setting -> List.of(setting.name(),
                Objects.requireNonNullElse(setting.value(), "-"), Objects.requireNonNullElse(setting.source(), "not set"))).toList());
        terminal.value(settings);
        return 0;
    }

    private boolean isAsked(SettingView setting) {
        return names.isEmpty() || names.stream().anyMatch(name -> setting.name().contains(name.toLowerCase(Locale.ROOT))
                || setting.variable().contains(name.toUpperCase(Locale.ROOT)));
    }
}
