package org.wallwhale.cli;

import picocli.CommandLine.Command;

/** Users of a server. */
@Command(name = "user", description = "Looks after users; for administrators.", mixinStandardHelpOptions = true,
        subcommands = {UserList.class, UserCreate.class, UserShow.class, UserChange.class, UserRemove.class, UserSessionsEnd.class})
final class UserCommand {
}
