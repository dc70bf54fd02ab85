package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.wallwhale.cli.ServerClient.Found;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tries the login of a Steam account. */
@Command(name = "test", mixinStandardHelpOptions = true, description = {"Logs a Steam account in without fetching anything, and tells how it "
    + "went.", "", "Asks for the code if Steam Guard does."},
        footer = {"", "Examples:", "  wallwhale account test main"})
final class AccountTest extends ServerCommand {
    @Parameters(paramLabel = "ACCOUNT", description = AccountShow.ACCOUNT)
    private String account;

    @Override
    int ask(ServerClient server) {
        Found found = Named.account(server, account);
        String address = Named.path("steam-users", found);
        String alias = found.body().path("alias").asText();
        GuardDialog guard = new GuardDialog(server, terminal);
        JsonNode now = server.post(address + "/test", null);
        while (now.at("/test/result").asText("running").equals("running")) {
            JsonNode seen = now;
            if (guard.isNew(seen.path("guard"))) {
                guard.answer(seen.path("guard"), alias, address);
            }
            now = terminal.patience().await("Logging " + alias + " in", () -> next(server, address, seen.path("guard")));
        }
        boolean good = now.at("/test/result").asText().equals("success");
        terminal.say(alias + "  " + now.at("/test/result").asText() + "  " + now.at("/test/detail").asText(""));
        terminal.value(now);
        return good ? 0 : CommandFailure.FAILED;
    }

    /** As soon as it has ended, or asks something else. */
    private static JsonNode next(ServerClient server, String address, JsonNode guard) {
        JsonNode now;
        do {
            Patience.pause(Duration.ofSeconds(1));
            now = server.get(address);
        } while (now.at("/test/result").asText("running").equals("running") && (now.path("guard").equals(guard) || now.path("guard").isNull()));
        return now;
    }
}
