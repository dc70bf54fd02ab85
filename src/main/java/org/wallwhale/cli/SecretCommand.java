package org.wallwhale.cli;

import picocli.CommandLine.Command;

/** Keys that a server keeps for itself. */
@Command(name = "secret", description = "Looks after the keys that a server seals secrets with; for administrators.",
        mixinStandardHelpOptions = true, subcommands = SecretRotate.class)
final class SecretCommand {
}
