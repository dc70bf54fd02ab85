package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a key was used. */
@Command(name = "usage", mixinStandardHelpOptions = true, description = "Tells how often an API key called what, by day (UTC).",
        footerHeading = ServerCommand.EXAMPLES, footer = {"  wallwhale key usage 'nightly job'", "  wallwhale key usage 'nightly job' --from 2030-01-01 --to 2030-01-31"})
final class KeyUsage extends ServerCommand {
    @Parameters(paramLabel = "<key>", description = KeyShow.KEY)
    private String key;
    @Option(names = "--from", paramLabel = "<day>", description = "The first day.")
    private String from;
    @Option(names = "--to", paramLabel = "<day>", description = "The last day.")
    private String to;

    @Override
    int ask(ServerClient server) {
        String query = filter("startDate", from) + filter("endDate", to);
        JsonNode usage = server.get(Named.path("api-keys", Named.key(server, key)) + "/usage" + query.replaceFirst("&", "?"));
        List<List<String>> rows = new ArrayList<>();
        usage.path("usage").forEach(one -> rows.add(List.of(one.path("day").asText(), one.path("endpoint").asText(), one.path("requests").asText())));
        rows.add(List.of("total", "", usage.path("total").asText()));
        terminal.table(List.of("day", "endpoint", "requests"), rows);
        terminal.value(usage);
        return 0;
    }
}
