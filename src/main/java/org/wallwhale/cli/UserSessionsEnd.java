package org.wallwhale.cli;

import java.util.Map;
import org.wallwhale.cli.ServerClient.Found;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Logs a user out everywhere. */
@Command(name = "sessions-end", mixinStandardHelpOptions = true, description = "Logs a user out everywhere. API keys go on.",
        footerHeading = ServerCommand.EXAMPLES, footer = "  wallwhale user sessions-end ann@example.org --yes")
final class UserSessionsEnd extends ServerCommand {
    @Parameters(paramLabel = "<user>", description = UserShow.USER)
    private String user;
    @Mixin
    private Consent consent;

    @Override
    int ask(ServerClient server) {
        Found found = Named.user(server, user);
        String email = found.body().path("email").asText();
        consent.demand(terminal, "Log " + email + " out everywhere");
        server.delete(Named.path("users", found) + "/sessions");
        terminal.say("All sessions of " + email + " have ended.");
        terminal.value(Map.of("id", found.body().path("id").asText(), "ended", true));
        return 0;
    }
}
