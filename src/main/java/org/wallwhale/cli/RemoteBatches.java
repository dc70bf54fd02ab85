package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The caller's batches. */
@Command(name = "batches", mixinStandardHelpOptions = true, description = "Lists your batches, which are the lists that were added at once, the newest first.",
        footer = {"", "Examples:", "  wallwhale remote batches", "  wallwhale share create \"$(wallwhale remote batches --limit 1 --json | jq -r '.[].id')\" --batch"})
final class RemoteBatches extends ServerCommand {
    @Mixin
    private ListLimit limit;

    @Override
    int ask(ServerClient server) {
        List<JsonNode> found = pages(server, "/api/v1/batches", "batches", limit.most(terminal));
        terminal.table(List.of("id", "created", "lines", "downloads"), found.stream().map(one -> List.of(one.path("id").asText(),
                RemoteList.time(one.path("createdAt")), one.path("lines").asText(), counts(one.path("children")))).toList());
        terminal.value(found);
        limit.note(terminal, found.size());
        return 0;
    }

    /** Such as {@code 2 success, 1 failed}. */
    private static String counts(JsonNode children) {
        String counts = children.properties().stream().filter(status -> status.getValue().asInt() > 0)
                .map(status -> status.getValue().asText() + " " + status.getKey()).collect(Collectors.joining(", "));
        return counts.isEmpty() ? "-" : counts;
    }
}
