package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a Steam account. */
@Command(name = "add", mixinStandardHelpOptions = true, description = "Adds a Steam account. Its password is asked for, and never shown again.",
        footerHeading = ServerCommand.EXAMPLES, footer = {"  wallwhale account add main --login-name my_login",
            "  wallwhale account add main --login-name my_login --password-file secret"})
final class AccountAdd extends ServerCommand {
    @Parameters(paramLabel = "<alias>", description = "What downloads call it.")
    private String alias;
    @Option(names = "--login-name", paramLabel = "<name>", required = true, description = "The name that it logs in with at Steam.")
    private String loginName;
    @Mixin
    private PasswordSource password;
    @Mixin
    private AccountOptions options;

    @Override
    int ask(ServerClient server) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("alias", alias);
        body.put("loginName", loginName);
        options.addTo(body, server);
        body.put("password", password.readOfSteam(terminal, "Password of " + loginName + " at Steam").reveal());
        JsonNode added = server.post("/api/v1/admin/steam-users", body);
        terminal.say("The account " + alias + " is there (" + added.path("id").asText() + "); `wallwhale account test " + alias + "` logs it in.");
        terminal.value(added);
        return 0;
    }
}
