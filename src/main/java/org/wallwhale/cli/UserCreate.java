package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a user. */
@Command(name = "create", mixinStandardHelpOptions = true, description = {"Makes a user, with a password that the server generates and that is "
    + "printed for the only time, unless you choose one."},
        footerHeading = ServerCommand.EXAMPLES, footer = {"  wallwhale user create ann@example.org",
            "  wallwhale user create ann@example.org --role admin --password", "  wallwhale user create ann@example.org --max-concurrent 2 --downloads-daily 50"})
final class UserCreate extends ServerCommand {
    @Parameters(paramLabel = "<address>", description = "The mail address.")
    private String email;
    @Mixin
    private UserOptions options;

    @Override
    int ask(ServerClient server) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("email", email);
        options.addTo(body, terminal);
        JsonNode made = server.post("/api/v1/admin/users", body);
        terminal.note("The user " + made.path("email").asText() + " is there (" + made.path("id").asText() + ").");
        String generated = made.path("generatedPassword").asText("");
        if (!generated.isEmpty()) {
            terminal.say(generated);
            terminal.note("This is the password until the first login, where another one must be chosen. Keep it now: it cannot be shown again.");
        }
        terminal.value(made);
        return 0;
    }
}
