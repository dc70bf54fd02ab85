package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wallwhale.cli.ServerClient.Found;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Revokes links. */
@Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a link for good, or all links of a download or a batch.",
        footer = {"", "Examples:", "  wallwhale share revoke 5a0c7a52-1f0e-4f5e-8a56-5d0b3a0c9e11",
            "  wallwhale share revoke 0b54f5c4-9a3e-4c1a-8c51-0d3a6c1b7e2f --yes    the id of a download: all its links",
            "  wallwhale share revoke BATCH --batch --yes"})
final class ShareRevoke extends ServerCommand {
    @Parameters(paramLabel = "LINK|DOWNLOAD", description = "A link or its id, as the list tells it, or the id of a download.")
    private String id;
    @Option(names = "--batch", description = "The id is that of a batch: all its links.")
    private boolean batch;
    @Mixin
    private Consent consent;

    @Override
    int ask(ServerClient server) {
        List<String> shares = found(server);
        if (shares.isEmpty()) {
            terminal.say("There is no link to revoke.");
        } else {
            consent.demand(terminal, shares.size() == 1 ? "Revoke the link " + shares.get(0) + " for good" : "Revoke " + shares.size() + " links for good");
            shares.forEach(share -> {
                server.delete(Named.SHARES + share);
                terminal.say("The link " + share + " is revoked.");
            });
        }
        terminal.value(shares);
        return 0;
    }

    private List<String> found(ServerClient server) {
        Optional<Found> share = batch ? Optional.empty() : Named.shareIfThere(server, id);
        if (share.isPresent()) {
            return List.of(share.get().body().path("id").asText());
        }
        List<String> ids = new ArrayList<>();
        for (JsonNode each : server.get(all(server)).path("shares")) {
            ids.add(each.path("id").asText());
        }
        return ids;
    }

    private String all(ServerClient server) {
        try {
            return Named.shares(server, id, batch);
        } catch (CommandFailure e) {
            throw batch || e.exitCode() != CommandFailure.USAGE ? e : new CommandFailure(CommandFailure.USAGE, "There is no link and no download \"" + id
                    + "\": `wallwhale share list` shows the links of a download, `wallwhale remote list` the downloads.");
        }
    }
}
