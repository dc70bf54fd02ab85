package org.wallwhale.cli;

import org.wallwhale.cli.ServerClient.Found;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes a Steam account. */
@Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes a Steam account, with its saved session.",
        footer = {"", "Examples:", "  wallwhale account remove main", "  wallwhale account remove main --yes"})
final class AccountRemove extends ServerCommand {
    @Parameters(paramLabel = "ACCOUNT", description = AccountShow.ACCOUNT)
    private String account;
    @Mixin
    private Consent consent;

    @Override
    int ask(ServerClient server) {
        Found found = Named.account(server, account);
        String alias = found.body().path("alias").asText();
        consent.demand(terminal, "Remove the Steam account " + alias + " from the server");
        server.delete(Named.path("steam-users", found), found.etag());
        return ended(found, "removed", "The account " + alias + " is removed.");
    }
}
