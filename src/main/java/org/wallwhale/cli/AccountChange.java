package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.wallwhale.cli.ServerClient.Found;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a Steam account. */
@Command(name = "change", mixinStandardHelpOptions = true, description = "Changes what you name of a Steam account; the rest stays.",
        footerHeading = ServerCommand.EXAMPLES, footer = {"  wallwhale account change main --password", "  wallwhale account change main --status inactive"})
final class AccountChange extends ServerCommand {
    @Parameters(paramLabel = "<account>", description = AccountShow.ACCOUNT)
    private String account;
    @Option(names = "--alias", paramLabel = "<alias>", description = "Another alias.")
    private String alias;
    @Option(names = "--login-name", paramLabel = "<name>", description = "Another name at Steam.")
    private String loginName;
    @Option(names = "--password", description = "Another password: it is asked for.")
    private boolean newPassword;
    @Mixin
    private PasswordSource password;
    @Mixin
    private AccountOptions options;

    @Override
    int ask(ServerClient server) {
        Found found = Named.account(server, account);
        Map<String, Object> body = new LinkedHashMap<>();
        if (alias != null) {
            body.put("alias", alias);
        }
        if (loginName != null) {
            body.put("loginName", loginName);
        }
        options.addTo(body, server);
        if (newPassword || password.isFile()) {
            body.put("password", password.readOfSteam(terminal, "Password of " + found.body().path("alias").asText() + " at Steam").reveal());
        }
        if (body.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, "Say what to change: `wallwhale account change --help` tells what there is.");
        }
        JsonNode changed = server.patch(Named.path("steam-users", found), body, found.etag());
        terminal.say("The account " + changed.path("alias").asText() + " is changed.");
        terminal.value(changed);
        return 0;
    }
}
