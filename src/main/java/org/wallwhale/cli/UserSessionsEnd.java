package org.wallwhale.cli;

import org.wallwhale.cli.ServerClient.Found;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Logs a user out everywhere. */
@Command(name = "sessions-end", mixinStandardHelpOptions = true, description = "Logs a user out everywhere. API keys go on.",
        footer = {"", "Examples:", "  wallwhale user sessions-end ann@example.org --yes"})
final class UserSessionsEnd extends ServerCommand {
    @Parameters(paramLabel = "USER", description = UserShow.USER)
    private String user;
    @Mixin
    private Consent consent;

    @Override
    int ask(ServerClient server) {
        Found found = Named.user(server, user);
        String email = found.body().path("email").asText();
        consent.demand(terminal, "Log " + email + " out everywhere");
        server.delete(Named.path("users", found) + "/sessions");
        return ended(found, "ended", "All sessions of " + email + " have ended.");
    }
}
