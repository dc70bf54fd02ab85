package org.wallwhale.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** All users. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the users, the oldest first.",
        footerHeading = ServerCommand.EXAMPLES, footer = {"  wallwhale user list", "  wallwhale user list --query example.org"})
final class UserList extends ServerCommand {
    @Option(names = {"-q", "--query"}, paramLabel = "<text>", description = "Only those with this in their address.")
    private String query;

    @Override
    int ask(ServerClient server) {
        table(pages(server, "/api/v1/admin/users" + (query == null ? "" : "?q=" + encoded(query)), "users", Integer.MAX_VALUE),
                "email", "role", "isActive", "createdAt", "lastLoginAt");
        return 0;
    }
}
