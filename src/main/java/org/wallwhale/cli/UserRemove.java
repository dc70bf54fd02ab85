package org.wallwhale.cli;

import org.wallwhale.cli.ServerClient.Found;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes a user. */
@Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes a user for good, with sessions and keys; downloads that wait or run "
    + "are canceled.",
        footer = {"", "Examples:", "  wallwhale user remove ann@example.org", "  wallwhale user remove ann@example.org --yes"})
final class UserRemove extends ServerCommand {
    @Parameters(paramLabel = "USER", description = UserShow.USER)
    private String user;
    @Mixin
    private Consent consent;

    @Override
    int ask(ServerClient server) {
        Found found = Named.user(server, user);
        String email = found.body().path("email").asText();
        consent.demand(terminal, "Remove the user " + email + " for good");
        server.delete(Named.path("users", found), found.etag());
        return ended(found, "removed", "The user " + email + " is removed.");
    }
}
