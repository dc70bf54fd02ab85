package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Adds a sealing key. */
@Command(name = "rotate", mixinStandardHelpOptions = true, description = {"Adds a sealing key, and seals the secrets of all Steam accounts anew "
    + "with it, while everything runs.", "", "The older keys stay in the server's secrets/sealing-keys for as long as backups need them."},
        footerHeading = ServerCommand.EXAMPLES, footer = "  wallwhale secret rotate --yes")
final class SecretRotate extends ServerCommand {
    @Mixin
    private Consent consent;

    @Override
    int ask(ServerClient server) {
        consent.demand(terminal, "Add a sealing key, and seal the secrets of all Steam accounts with it");
        JsonNode rotated = server.post("/api/v1/admin/secrets/rotate", null);
        terminal.say("A new sealing key is in use, and the secrets of all Steam accounts (" + rotated.path("resealed").asInt() + ") are sealed "
                + "with it. Back up secrets/sealing-keys now.");
        terminal.value(rotated);
        return 0;
    }
}
