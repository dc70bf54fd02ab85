package org.wallwhale.cli;

import picocli.CommandLine.Command;

/** Steam accounts of a server. */
@Command(name = "account", description = "Looks after the Steam accounts of a server; for administrators.", mixinStandardHelpOptions = true,
        subcommands = {AccountList.class, AccountAdd.class, AccountShow.class, AccountChange.class, AccountRemove.class, AccountTest.class})
final class AccountCommand {
}
