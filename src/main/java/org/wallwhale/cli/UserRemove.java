package org.wallwhale.cli;

import java.util.Map;
import org.wallwhale.cli.ServerClient.Found;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes a user. */
@Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes a user for good, with sessions and keys; downloads that wait or run "
    + "are canceled.",
        footerHeading = ServerCommand.EXAMPLES, footer = {"  wallwhale user remove ann@example.org", "  wallwhale user remove ann@example.org --yes"})
final class UserRemove extends ServerCommand {
    @Parameters(paramLabel = "<user>", description = UserShow.USER)
    private String user;
    @Mixin
    private Consent consent;

    @Override
    int ask(ServerClient server) {
        Found found = Named.user(server, user);
        String email = found.body().path("email").asText();
        consent.demand(terminal, "Remove the user " + email + " for good");
        server.delete(Named.path("users", found), found.etag());
        terminal.say("The user " + email + " is removed.");
        terminal.value(Map.of("id", found.body().path("id").asText(), "removed", true));
        return 0;
    }
}
