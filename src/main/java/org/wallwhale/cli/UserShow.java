package org.wallwhale.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One user. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a user.",
        footerHeading = ServerCommand.EXAMPLES, footer = "  wallwhale user show ann@example.org")
final class UserShow extends ServerCommand {
    static final String USER = "The mail address, or the id.";
    @Parameters(paramLabel = "<user>", description = USER)
    private String user;

    @Override
    int ask(ServerClient server) {
        show(Named.user(server, user).body());
        return 0;
    }
}
