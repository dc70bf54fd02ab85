package org.wallwhale.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.wallwhale.cli.ServerClient.Found;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a key a new text. */
@Command(name = "rotate", mixinStandardHelpOptions = true, description = {"Gives an API key a new text and prints it, for the only time.", "",
    "The old text goes on for a day, or for as long as --grace-seconds says."},
        footer = {"", "Examples:", "  wallwhale key rotate 'nightly job'",
            "  wallwhale key rotate 'nightly job' --grace-seconds 0 --yes"})
final class KeyRotate extends ServerCommand {
    @Parameters(paramLabel = "KEY", description = KeyShow.KEY)
    private String key;
    @Option(names = "--grace-seconds", paramLabel = "N", description = "From 0 to 604800, a week; a day without it.")
    private Integer graceSeconds;
    @Mixin
    private Consent consent;

    @Override
    int ask(ServerClient server) {
        Found found = Named.key(server, key);
        consent.demand(terminal, "Give the key \"" + found.body().path("name").asText() + "\" another text");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("graceSeconds", graceSeconds);
        KeyCreate.shown(server.post(Named.path("api-keys", found) + "/rotate", body, "Idempotency-Key", UUID.randomUUID().toString()), terminal,
                "make room, and run `wallwhale key rotate %s --yes`, which ends the older text, too");
        return 0;
    }
}
