package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wallwhale.cli.EventStream.Event;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a download's tool wrote. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Shows the log of a download's present run, or of an earlier one.",
        footer = {"", "Examples:", "  wallwhale remote logs 3000000000", "  wallwhale remote logs -f 3000000000",
            "  wallwhale remote logs --attempt 1 3000000000"})
final class RemoteLogs extends ServerCommand {
    /** The server says something every 15 seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(45);
    /** What is logged already comes at once: so long after its last line it is taken for the end. */
    private static final Duration UP_TO_NOW = Duration.ofSeconds(2);
    private static final int MOST_FAILURES = 20;
    private static final Set<String> OVER = Set.of("success", "failed", "canceled");
    @Parameters(paramLabel = "ID", description = RemoteShow.ID)
    private String id;
    @Option(names = {"-f", "--follow"}, description = "Go on until the download has ended.")
    private boolean follow;
    @Option(names = "--attempt", paramLabel = "N", description = "That run, from 1 on.")
    private Integer attempt;
    private final List<String> lines = new ArrayList<>();
    private String last;
    private boolean heard;
    private boolean toTheEnd;
    private String status;

    @Override
    int ask(ServerClient server) {
        JsonNode download = Named.download(server, id);
        status = download.path("status").asText();
        String address = DOWNLOADS + "/" + download.path("id").asText() + "/logs" + (attempt == null ? "" : "?attempt=" + attempt);
        toTheEnd = follow || isOver(download);
        boolean whole = read(server, address, 0);
        for (int failures = 0; !whole && toTheEnd; whole = read(server, address, failures)) {
            failures = heard ? 0 : failures + 1;
            if (failures > MOST_FAILURES) {
                throw new CommandFailure(CommandFailure.NOT_REACHABLE, "The server sends nothing of the log any longer: look at it with "
                        + "`wallwhale health`.");
            }
            Patience.pause(Duration.ofSeconds(3));
        }
        if (!whole) {
            terminal.note("The download has not ended: this is what came until nothing did for " + UP_TO_NOW.toSeconds() + " s, and -f waits for "
                    + "the rest.");
        }
        terminal.value(Map.of("status", status, "lines", lines, "whole", whole));
        return 0;
    }

    /** Nothing is added to it any longer, so that the server tells its end. */
    private boolean isOver(JsonNode download) {
        return OVER.contains(status) || attempt != null && attempt < download.path("attempt").asInt();
    }

    /** False when the stream broke before its end, or a server that was there before does not answer now. */
    private boolean read(ServerClient server, String address, int failures) {
        heard = false;
        String[] seen = last == null ? new String[0] : new String[] {"Last-Event-ID", last};
        try (EventStream events = new EventStream(server.stream(address, toTheEnd ? SILENCE : UP_TO_NOW, seen).body())) {
            for (Event event = events.next(); event != null; event = events.next()) {
                if ("end".equals(event.name())) {
                    status = event.text();
                    return true;
                }
                heard = true;
                last = event.id();
                terminal.say(event.text());
                terminal.requireReader();
                if (terminal.isJson()) {
                    lines.add(event.text());
                }
            }
        } catch (IOException e) {
            // of what is not over, and nobody follows, silence is the end
            if (!toTheEnd && !(e instanceof StallWatch.StalledException)) {
                throw server.unreachable(e);
            }
        } catch (CommandFailure e) {
            if (last == null || e.exitCode() != CommandFailure.NOT_REACHABLE || failures >= MOST_FAILURES) {
                throw e;
            }
        }
        return false;
    }
}
