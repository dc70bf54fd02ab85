package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.wallwhale.cli.ServerClient.Found;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a user. */
@Command(name = "change", mixinStandardHelpOptions = true, description = "Changes what you name of a user; the rest stays.",
        footerHeading = ServerCommand.EXAMPLES, footer = {"  wallwhale user change ann@example.org --max-concurrent default",
            "  wallwhale user change ann@example.org --inactive --yes"})
final class UserChange extends ServerCommand {
    @Parameters(paramLabel = "<user>", description = UserShow.USER)
    private String user;
    @Option(names = "--email", paramLabel = "<address>", description = "Another mail address.")
    private String email;
    @Option(names = "--active", description = "May log in again.")
    private boolean active;
    @Option(names = "--inactive", description = "May no longer log in; keys and downloads stop.")
    private boolean inactive;
    @Mixin
    private UserOptions options;
    @Mixin
    private Consent consent;

    @Override
    int ask(ServerClient server) {
        Found found = Named.user(server, user);
        Map<String, Object> body = new LinkedHashMap<>();
        if (email != null) {
            body.put("email", email);
        }
        if (active || inactive) {
            body.put("isActive", active);
        }
        options.addTo(body, terminal);
        if (body.isEmpty() || active && inactive) {
            throw new CommandFailure(CommandFailure.USAGE, "Say what to change: `wallwhale user change --help` tells what there is.");
        }
        if (inactive || body.containsKey("role") || body.containsKey("password")) {
            consent.demand(terminal, "Change " + found.body().path("email").asText() + ", whose sessions and downloads that may end");
        }
        JsonNode changed = server.patch(Named.path("users", found), body, found.etag());
        terminal.say("The user " + changed.path("email").asText() + " is changed.");
        terminal.value(changed);
        return 0;
    }
}
