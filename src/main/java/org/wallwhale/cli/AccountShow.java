package org.wallwhale.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One Steam account. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a Steam account, without its secrets, and what was learned of it.",
        footerHeading = ServerCommand.EXAMPLES, footer = "  wallwhale account show main")
final class AccountShow extends ServerCommand {
    static final String ACCOUNT = "Its alias, or its id.";
    @Parameters(paramLabel = "<account>", description = ACCOUNT)
    private String account;

    @Override
    int ask(ServerClient server) {
        show(Named.account(server, account).body());
        return 0;
    }
}
