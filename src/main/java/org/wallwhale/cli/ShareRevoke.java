package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Revokes links. */
@Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a link for good, or all links of a download.",
        footer = {"", "Examples:", "  wallwhale share revoke 5a0c7a52-1f0e-4f5e-8a56-5d0b3a0c9e11",
            "  wallwhale share revoke 0b54f5c4-9a3e-4c1a-8c51-0d3a6c1b7e2f --yes    the id of a download: all its links"})
final class ShareRevoke extends ServerCommand {
    private static final String SHARES = "/api/v1/shares/";
    private static final int NOT_FOUND = 404;
    @Parameters(paramLabel = "LINK|DOWNLOAD", description = "The id of a link, as the list tells it, or of a download.")
    private String id;
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
                server.delete(SHARES + share);
                terminal.say("The link " + share + " is revoked.");
            });
        }
        terminal.value(shares);
        return 0;
    }

    private List<String> found(ServerClient server) {
        try {
            return List.of(server.get(SHARES + encoded(id)).path("id").asText());
        } catch (RefusedException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
        }
        List<String> ids = new ArrayList<>();
        for (JsonNode share : server.get(Named.shares(server, id, false)).path("shares")) {
            ids.add(share.path("id").asText());
        }
        return ids;
    }
}
