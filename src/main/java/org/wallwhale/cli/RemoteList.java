package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The caller's downloads. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists your downloads, the newest first.",
        footer = {"", "Examples:", "  wallwhale remote list --status queued,running",
            "  wallwhale remote list --query whale --limit 200", "  wallwhale remote list --json | jq '.[].title'"})
final class RemoteList extends ServerCommand {
    @Option(names = "--status", paramLabel = "STATUS", completionCandidates = Choices.OfDownloads.class, description = "Only queued, "
            + "running, success, failed or canceled ones; several with commas.")
    private String status;
    @Option(names = "--item", paramLabel = "ID", description = "Only those of this Workshop item.")
    private String item;
    @Option(names = {"-q", "--query"}, paramLabel = "TEXT", description = "Only those with this in the title or the id.")
    private String query;
    @Option(names = "--everybody", description = "Everybody's; for administrators.")
    private boolean everybody;
    @Option(names = "--oldest-first", description = "The oldest first.")
    private boolean oldestFirst;
    @Mixin
    private ListLimit limit;

    @Override
    int ask(ServerClient server) {
        List<JsonNode> found = pages(server, (everybody ? "/api/v1/admin/downloads" : DOWNLOADS) + "?sort=" + (oldestFirst ? "" : "-") + "createdAt"
                + filter("status", status) + filter("pubfileId", item) + filter("q", query), "downloads", limit.most(terminal));
        terminal.table(List.of("item", "id", "status", "progress", "size", "created", "title"), found.stream().map(one -> List.of(
                one.path("pubfileId").asText(), one.path("id").asText(), one.path("status").asText(), one.path("progress").asText() + " %",
                ProgressBar.bytes(one.path("bytesDone").asLong()), time(one.path("createdAt")),
                one.path("title").asText("-"))).toList());
        terminal.value(found);
        limit.note(terminal, found.size());
        return 0;
    }

    /** To the second. */
    static String time(JsonNode time) {
        return time.asText().replaceFirst("\\.[0-9]+Z", "Z");
    }
}
