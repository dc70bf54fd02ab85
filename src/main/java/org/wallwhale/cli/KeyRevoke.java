package org.wallwhale.cli;

import org.wallwhale.cli.ServerClient.Found;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Revokes a key. */
@Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes an API key for good, and cancels what it has queued.",
        footer = {"", "Examples:", "  wallwhale key revoke 'nightly job'", "  wallwhale key revoke 'nightly job' --yes"})
final class KeyRevoke extends ServerCommand {
    @Parameters(paramLabel = "KEY", description = KeyShow.KEY)
    private String key;
    @Mixin
    private Consent consent;

    @Override
    int ask(ServerClient server) {
        Found found = Named.key(server, key);
        String name = found.body().path("name").asText();
        consent.demand(terminal, "Revoke the key \"" + name + "\" for good, and cancel its downloads");
        server.delete(Named.path("api-keys", found));
        return ended(found, "revoked", "The key \"" + name + "\" is revoked.");
    }
}
