package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Queues downloads again. */
@Command(name = "retry", mixinStandardHelpOptions = true, description = "Queues failed or canceled downloads again.",
        footerHeading = ServerCommand.EXAMPLES, footer = {"  wallwhale remote retry 3000000000"})
final class RemoteRetry extends ServerCommand {
    @Parameters(paramLabel = "<id>", arity = "1..*", description = RemoteShow.ID)
    private List<String> ids;

    @Override
    int ask(ServerClient server) {
        List<JsonNode> queued = ids.stream().map(id -> server.post(DOWNLOADS + "/" + Named.download(server, id).path("id").asText() + "/retry",
                null)).toList();
        queued.forEach(one -> terminal.say(RemoteShow.summary(one)));
        terminal.value(queued);
        return 0;
    }
}
