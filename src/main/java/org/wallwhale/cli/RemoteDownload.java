package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Submits items to a server. */
@Command(name = "download", mixinStandardHelpOptions = true, description = {"Asks a server for items, and with --wait stays until they are "
    + "there.", "", "Ends with 1 if an item was refused, or did not succeed while one waited."},
        footerHeading = ServerCommand.EXAMPLES, footer = {"  wallwhale remote download 3000000000",
            "  wallwhale remote download steam://url/CommunityFilePage/3000000000 -o .",
            "  wallwhale remote download @items.txt --account main --priority 10",
            "  sort -u items.txt | wallwhale remote download - --json"})
final class RemoteDownload extends ServerCommand {
    private static final int MOST_AT_ONCE = 1000;
    @Parameters(paramLabel = "<id|url>", arity = "0..*", description = "Ids or addresses of items or collections; @<file> for a list with one "
            + "in each line, - for such a list on standard input.")
    private List<String> items = new ArrayList<>();
    @Option(names = "--from", paramLabel = "<file>", description = "The same as @<file>.")
    private List<Path> lists = new ArrayList<>();
    @Option(names = "--account", paramLabel = "<alias>", description = "The Steam account; the server chooses without it.")
    private String account;
    @Option(names = "--priority", paramLabel = "<n>", description = "From -100 to 100: higher goes first among yours.")
    private Integer priority;
    @Option(names = "--start-at", paramLabel = "<time>", description = "Not before then, such as 2030-01-31T22:00:00Z.")
    private Instant startAt;
    @Option(names = "--save-root", paramLabel = "<folder>", description = "Where the content shall appear too, below the server's export root.")
    private String saveRoot;
    @Option(names = {"-w", "--wait"}, description = "Show how far they are until they have ended.")
    private boolean wait;
    @Option(names = {"-o", "--output"}, paramLabel = "<path>", description = "Wait, and save each zip: in this folder, or for one item as this file.")
    private Path output;

    @Override
    int ask(ServerClient server) {
        List<String> wanted = wanted();
        List<JsonNode> lines = new ArrayList<>();
        boolean refused = false;
        for (int from = 0; from < wanted.size(); from += MOST_AT_ONCE) {
            List<String> some = wanted.subList(from, Math.min(wanted.size(), from + MOST_AT_ONCE));
            server.post(DOWNLOADS + "/batch", Map.of("items", some.stream().map(this::wish).toList()), "Idempotency-Key",
                    UUID.randomUUID().toString()).path("items").forEach(lines::add);
            for (int i = from; i < lines.size(); i++) {
                refused |= tell(wanted.get(i), lines.get(i));
            }
        }
        if (!wait && output == null) {
            terminal.value(lines);
            return refused ? CommandFailure.FAILED : 0;
        }
        return follow(server, lines) || refused ? CommandFailure.FAILED : 0;
    }

    private List<String> wanted() {
        List<String> wanted = DownloadList.read(items, lists, System.in);
        if (wanted.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, "There is nothing to download: name ids or addresses, see wallwhale remote download "
                    + "--help.");
        }
        if (output != null && !Files.isDirectory(output) && (wanted.size() > 1 || output.toString().endsWith("/"))) {
            throw new CommandFailure(CommandFailure.USAGE, "There is no folder " + output + " for several zips: make it first.");
        }
        return wanted;
    }

    private Map<String, Object> wish(String item) {
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("urlOrId", item);
        wish.put("accountName", account);
        wish.put("priority", priority);
        wish.put("startAt", startAt == null ? null : startAt.toString());
        wish.put("saveRoot", saveRoot);
        wish.values().removeIf(value -> value == null);
        return wish;
    }

    /** True for a line that was refused. */
    private boolean tell(String item, JsonNode line) {
        if (line.path("result").asText().equals("invalid")) {
            terminal.note(item + " was refused: " + line.path("message").asText());
            return true;
        }
        terminal.say(line.path("pubfileId").asText() + "  " + line.path("downloadId").asText() + "  " + line.path("result").asText());
        return false;
    }

    /** True when one did not succeed. */
    private boolean follow(ServerClient server, List<JsonNode> lines) {
        Set<String> ids = new LinkedHashSet<>();
        lines.stream().map(line -> line.path("downloadId").asText("")).filter(id -> !id.isEmpty()).forEach(ids::add);
        List<JsonNode> ended = new ArrayList<>();
        new Following(server, terminal, ids).run(download -> {
            ended.add(download);
            terminal.say(RemoteShow.summary(download));
        });
        for (JsonNode download : ended) {
            if (output != null && download.path("contentAvailable").asBoolean()) {
                RemoteGet.save(server, terminal, download, output, true);
            }
        }
        terminal.value(ended);
        return ended.size() < ids.size() || ended.stream().anyMatch(download -> !download.path("status").asText().equals("success"));
    }
}
