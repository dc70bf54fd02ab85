package org.wallwhale.cli;

import picocli.CommandLine.Command;

/** The program that downloads. */
@Command(name = "engine", description = "Looks after DepotDownloader, the program that downloads.", subcommands = EngineInstall.class,
        mixinStandardHelpOptions = true)
final class EngineCommand {
}
