package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists links. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the links of a download, or of a batch, with what was made of them.",
        footer = {"", "Examples:", "  wallwhale share list 0b54f5c4-9a3e-4c1a-8c51-0d3a6c1b7e2f"})
final class ShareLinks extends ServerCommand {
    @Parameters(paramLabel = "DOWNLOAD", description = "Its id.")
    private String id;
    @Option(names = "--batch", description = "The id is that of a batch.")
    private boolean batch;

    @Override
    int ask(ServerClient server) {
        List<JsonNode> shares = new ArrayList<>();
        server.get(Named.shares(server, id, batch)).path("shares").forEach(shares::add);
        table(shares, "id", "expiresAt", "hasPassword", "maxDownloads", "views", "downloads", "bytesSent", "url");
        return 0;
    }
}
