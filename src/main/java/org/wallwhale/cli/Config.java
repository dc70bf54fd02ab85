package org.wallwhale.cli;

import picocli.CommandLine.Command;

/** The settings as they are here. */
@Command(name = "config", description = "Shows and checks the settings that a server would have here.",
        subcommands = {ConfigShow.class, ConfigCheck.class}, mixinStandardHelpOptions = true)
final class Config {
}
