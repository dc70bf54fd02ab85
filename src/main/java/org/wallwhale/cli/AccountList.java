package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Command;

/** All Steam accounts. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the Steam accounts by alias.",
        footerHeading = ServerCommand.EXAMPLES, footer = "  wallwhale account list")
final class AccountList extends ServerCommand {
    @Override
    int ask(ServerClient server) {
        List<JsonNode> accounts = pages(server, "/api/v1/admin/steam-users", "steamUsers", Integer.MAX_VALUE);
        table(accounts, "alias", "loginName", "status", "needsLogin", "loginsLastHour", "budget", "lastUsedAt");
        return 0;
    }
}
