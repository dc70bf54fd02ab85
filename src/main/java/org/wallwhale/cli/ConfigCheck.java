package org.wallwhale.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.wallwhale.cli.Terminal.Style;
import org.wallwhale.cli.Terminal.Styled;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
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
        List<String> faults = faults(LocalSettings.read());
        if (faults.isEmpty()) {
            terminal.say(new Styled("ok  ", Style.GOOD), new Styled("Nothing is wrong with the settings.", Style.PLAIN));
        }
        faults.forEach(fault -> terminal.say(new Styled("fault  ", Style.BAD), new Styled(fault, Style.PLAIN)));
        terminal.value(Map.of("faults", faults));
        return faults.isEmpty() ? 0 : CommandFailure.SETTINGS;
    }

    /** A data folder that was not there is made by the attempt, and taken away again: it would be this user's, not the server's. */
    static List<String> faults(Settings settings) {
        List<File> made = new ArrayList<>();
        for (File folder = new DataFolder(settings).root().toFile(); folder != null && !folder.exists(); folder = folder.getParentFile()) {
            made.add(folder);
        }
        try {
            return Configuration.faults(settings, System.getenv().keySet(), System.getProperty("sun.jnu.encoding", "UTF-8"));
        } finally {
            // only where it is empty
            made.forEach(File::delete);
        }
    }
}
