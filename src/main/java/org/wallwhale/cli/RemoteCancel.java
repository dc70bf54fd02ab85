package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Cancels downloads. */
@Command(name = "cancel", mixinStandardHelpOptions = true, description = "Cancels downloads that wait or run. A retry goes on where they stopped.",
        footerHeading = ServerCommand.EXAMPLES, footer = {"  wallwhale remote cancel 3000000000",
            "  wallwhale remote cancel --yes 5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6a"})
final class RemoteCancel extends ServerCommand {
    @Parameters(paramLabel = "<id>", arity = "1..*", description = RemoteShow.ID)
    private List<String> ids;
    @Mixin
    private Consent consent;

    @Override
    int ask(ServerClient server) {
        List<JsonNode> found = ids.stream().map(id -> Named.download(server, id)).toList();
        consent.demand(terminal, "Cancel " + (found.size() == 1 ? "the download of item " + found.get(0).path("pubfileId").asText()
                : found.size() + " downloads"));
        List<JsonNode> canceled = found.stream().map(one -> server.post(DOWNLOADS + "/" + one.path("id").asText() + "/cancel", null)).toList();
        canceled.forEach(one -> terminal.say(RemoteShow.summary(one)));
        terminal.value(canceled);
        return 0;
    }
}
