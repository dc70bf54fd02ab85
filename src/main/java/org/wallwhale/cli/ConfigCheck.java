package org.wallwhale.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.wallwhale.cli.Terminal.Style;
import org.wallwhale.cli.Terminal.Styled;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.server.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All that is wrong with the settings, at once. */
@Command(name = "check", mixinStandardHelpOptions = true,
        description = {"Tells all that is wrong with the settings, at once; a server with one of these faults would not start.", "",
            "Whether the port is free and the database answers is told by wallwhale doctor.", ""},
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {" 0:nothing is wrong", " 2:wrong use", " 3:something is"},
        footer = {"", "Examples:", "  wallwhale config check", "  WALLWHALE_HTTP_PORT=none wallwhale config check --json"})
final class ConfigCheck implements Callable<Integer> {
    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() {
        List<String> faults = faults();
        if (faults.isEmpty()) {
            terminal.say(new Styled("ok  ", Style.GOOD), new Styled("Nothing is wrong with the settings.", Style.PLAIN));
        }
        faults.forEach(fault -> terminal.say(new Styled("fault  ", Style.BAD), new Styled(fault, Style.PLAIN)));
        terminal.value(Map.of("faults", faults));
        return faults.isEmpty() ? 0 : CommandFailure.SETTINGS;
    }

    static List<String> faults() {
        return Configuration.faults(LocalSettings.read(), System.getenv().keySet(), System.getProperty("sun.jnu.encoding", "UTF-8"));
    }
}
