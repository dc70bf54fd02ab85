package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Submits items to a server. */
@Command(name = "download", mixinStandardHelpOptions = true, description = {"Asks a server for items, and with --wait stays until they are "
    + "there.", "", "Ends with 1 if an item was refused, or did not succeed while one waited; with 2 if all were wrong."},
        footer = {"", "Examples:", "  wallwhale remote download 3000000000",
            "  wallwhale remote download steam://url/CommunityFilePage/3000000000 -o .",
            "  wallwhale remote download 3000000000 --no-zip --output ~/wallpapers",
            "  wallwhale remote download @items.txt --account main --priority 10",
            "  sort -u items.txt | wallwhale remote download - --json"})
final class RemoteDownload extends ServerCommand {
    private static final int MOST_AT_ONCE = 1000;
    private static final String BATCH = "batchId";
    @Parameters(paramLabel = "ID|URL|@FILE", arity = "0..*", description = "Ids or addresses of items or collections; @FILE for a list with one "
            + "in each line, - for such a list on standard input.")
    private List<String> items = new ArrayList<>();
    @Option(names = "--from", paramLabel = "FILE", description = "The same as @FILE.")
    private List<Path> lists = new ArrayList<>();
    @Option(names = "--account", paramLabel = "ALIAS", description = "The Steam account; the server chooses without it.")
    private String account;
    @Option(names = "--priority", paramLabel = "N", description = "From -100 to 100: higher goes first among yours.")
    private Integer priority;
    @Option(names = "--start-at", paramLabel = "TIME", converter = Deadline.Reader.class, description = "Not before then, such as 2030-01-31T22:00:00Z, or 8h from now on.")
    private Deadline startAt;
    @Option(names = "--save-root", paramLabel = "FOLDER", description = "Where the content shall appear too, below the server's export root.")
    private String saveRoot;
    @Option(names = {"-w", "--wait"}, description = "Show how far they are until they have ended.")
    private boolean wait;
    @Option(names = {"-o", "--output"}, paramLabel = "PATH", description = "Wait, and save each zip: in this folder, or for one item as this file.")
    private Path output;
    @Option(names = "--zip", description = "Wait, and save a zip of each, which is what --output does anyway.")
    private boolean zip;
    @Option(names = "--no-zip", description = "Wait, and save a folder of the item's files instead of a zip; of a collection, a folder of each item.")
    private boolean noZip;
    @Option(names = "--keep", description = "The folder as well as the zip.")
    private boolean keep;
    @Option(names = "--force", description = "Replace zips that are there; folders never are.")
    private boolean force;
    /** {@link #startAt} as the API takes it. */
    private String begin;
    /** What is known of each item so far: its line of the batch, then the download as it ended. */
    private final List<JsonNode> known = new ArrayList<>();
    /** What each of them alone would end the command with. */
    private final List<Integer> codes = new ArrayList<>();

    @Override
    int ask(ServerClient server) {
        List<String> wanted = wanted();
        begin = startAt == null ? null : startAt.at(server);
        try {
            submit(server, wanted);
            if (wait || output != null) {
                follow(server);
            }
            return CommandFailure.ofAll(codes);
        } finally {
            // also when the rest failed: these are submitted
            terminal.value(known);
        }
    }

    private void submit(ServerClient server, List<String> wanted) {
        for (int from = 0; from < wanted.size(); from += MOST_AT_ONCE) {
            List<String> some = wanted.subList(from, Math.min(wanted.size(), from + MOST_AT_ONCE));
            JsonNode batch = server.post(DOWNLOADS + "/batch", Map.of("items", some.stream().map(this::wish).toList()), "Idempotency-Key",
                    UUID.randomUUID().toString());
            batch.path("items").forEach(line -> known.add(in(batch.path("id"), line)));
            for (int i = from; i < known.size(); i++) {
                codes.add(tell(wanted.get(i), known.get(i)));
            }
            if (known.subList(from, known.size()).stream().anyMatch(line -> line.path("downloadId").isTextual())) {
                terminal.say("batch  " + batch.path("id").asText());
            }
        }
    }

    /** The same with the id of its batch, which {@code share} goes by. */
    private static JsonNode in(JsonNode batch, JsonNode one) {
        return ((ObjectNode) one).put(BATCH, batch.asText(null));
    }

    private List<String> wanted() {
        List<String> wanted = DownloadList.read(items, lists, System.in);
        if (wanted.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, "There is nothing to download: name ids or addresses, see wallwhale remote download "
                    + "--help.");
        }
        if (zip && noZip) {
            throw new CommandFailure(CommandFailure.USAGE, "--zip and --no-zip exclude each other: name one of them.");
        }
        if (output == null && (zip || noZip || keep)) {
            output = Path.of("");
        }
        if (noZip || keep) {
            // made, or refused, before anything is asked for
            new OutputFolder(output, false);
            return wanted;
        }
        demandPlace(wanted);
        return wanted;
    }

    private void demandPlace(List<String> wanted) {
        if (output != null && !Files.isDirectory(output) && (wanted.size() > 1 || output.toString().endsWith("/"))) {
            throw new CommandFailure(CommandFailure.USAGE, "There is no folder " + output + " for several zips: make it first.");
        }
        if (output != null && !Files.isDirectory(output)) {
            RemoteGet.requireFree(output, force);
        }
    }

    private Map<String, Object> wish(String item) {
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("urlOrId", item);
        wish.put("accountName", account);
        wish.put("priority", priority);
        wish.put("startAt", begin);
        wish.put("saveRoot", saveRoot);
        wish.values().removeIf(value -> value == null);
        return wish;
    }

    /** Returns what the line alone would end the command with. */
    private int tell(String item, JsonNode line) {
        if (line.path("result").asText().equals("invalid")) {
            terminal.note(item + " was refused: " + line.path("message").asText());
            return RefusedException.exitCode(line.path("code").asText());
        }
        terminal.say(line.path("pubfileId").asText() + "  " + line.path("downloadId").asText() + "  " + line.path("result").asText());
        return 0;
    }

    /** Until all have ended, and are saved where that was asked for. */
    private void follow(ServerClient server) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).path("downloadId").isTextual()) {
                places.put(known.get(i).path("downloadId").asText(), i);
            }
        }
        // one that is deleted meanwhile is not told of
        places.values().forEach(place -> codes.set(place, CommandFailure.FAILED));
        new Following(server, terminal, places.keySet()).run(download -> {
            String id = download.path("id").asText();
            known.set(places.get(id), in(known.get(places.get(id)).path(BATCH), download));
            terminal.say(RemoteShow.summary(download));
            codes.set(places.get(id), download.path("status").asText().equals("success") ? 0 : CommandFailure.FAILED);
        });
        if (output != null) {
            save(server, places.values().stream().filter(place -> known.get(place).path("contentAvailable").asBoolean()).toList());
        }
    }

    private void save(ServerClient server, List<Integer> places) {
        try (FolderFetch folders = noZip || keep ? new FolderFetch(server, terminal, output) : null) {
            for (int place : places) {
                int saved = save(server, folders, known.get(place));
                codes.set(place, saved == 0 ? codes.get(place) : saved);
            }
        }
    }

    /** Returns why it could not be, or 0; the others are saved all the same, unless the server is gone. */
    private int save(ServerClient server, FolderFetch folders, JsonNode download) {
        try {
            if (folders == null) {
                RemoteGet.save(server, terminal, download, output, force);
            } else {
                folders.save(download, !noZip, force);
            }
            return 0;
        } catch (CommandFailure e) {
            if (e.exitCode() == CommandFailure.NOT_REACHABLE || e.exitCode() == CommandFailure.NOT_ALLOWED) {
                throw e;
            }
            terminal.note(download.path("pubfileId").asText() + " was not saved: " + e.getMessage());
            return e.exitCode();
        }
    }
}
