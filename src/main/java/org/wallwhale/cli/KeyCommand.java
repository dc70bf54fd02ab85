package org.wallwhale.cli;

import picocli.CommandLine.Command;

/** API keys of a server. */
@Command(name = "key", description = "Looks after API keys; for administrators.", mixinStandardHelpOptions = true,
        subcommands = {KeyList.class, KeyCreate.class, KeyShow.class, KeyRotate.class, KeyRevoke.class, KeyUsage.class})
final class KeyCommand {
}
