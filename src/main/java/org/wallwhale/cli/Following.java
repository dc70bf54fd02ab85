package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Waits until downloads have ended, and shows how far they are. A look takes a call for each 200 downloads that the caller has waiting or
 * running, or one for each that is waited for where those are fewer; as many seconds pass until the next one, ten at most.
 */
final class Following {
    private static final Duration TURN = Duration.ofSeconds(1);
    /** How long the server may be away meanwhile. */
    private static final Duration OUTAGE = Duration.ofMinutes(2);
    private static final int LONGEST_TURN = 10;
    private final ServerClient server;
    private final Terminal terminal;
    private final Bars bars;
    private final GuardDialog guard;
    private final Map<String, JsonNode> seen = new LinkedHashMap<>();
    private final Set<String> live;
    private int pages = 1;
    private int calls = 1;

    Following(ServerClient server, Terminal terminal, Collection<String> ids) {
        this.server = server;
        this.terminal = terminal;
        this.bars = terminal.bars();
        this.guard = new GuardDialog(server, terminal);
        this.live = new LinkedHashSet<>(ids);
    }

    /** Tells {@code ended} of each one when it has; one that is deleted meanwhile is not told of. */
    void run(Consumer<JsonNode> ended) {
        long heardAt = System.nanoTime();
        boolean away = false;
        while (!live.isEmpty()) {
            try {
                look(ended);
                heardAt = System.nanoTime();
                away = false;
            } catch (CommandFailure e) {
                if (e.exitCode() != CommandFailure.NOT_REACHABLE || System.nanoTime() - heardAt > OUTAGE.toNanos()) {
                    throw e;
                }
                if (!away) {
                    bars.clear();
                    terminal.note(e.getMessage() + " The downloads go on there; trying again for " + OUTAGE.toMinutes() + " minutes.");
                }
                away = true;
            }
            if (!live.isEmpty()) {
                Patience.pause(TURN.multipliedBy(Math.min(LONGEST_TURN, calls)));
            }
        }
        bars.clear();
    }

    private void look(Consumer<JsonNode> ended) {
        Map<String, JsonNode> listed = live.size() <= pages ? Map.of() : list();
        calls = live.size() <= pages ? live.size() : pages;
        for (String id : List.copyOf(live)) {
            JsonNode download = listed.containsKey(id) ? listed.get(id) : get(id);
            if (download == null) {
                continue;
            }
            seen.put(id, download);
            if (guard.isNew(download.path("needsInput"))) {
                bars.clear();
                guard.answer(download.path("needsInput"), download.path("pubfileId").asText(), ServerCommand.DOWNLOADS + "/" + id);
            }
            if (Set.of("success", "failed", "canceled").contains(download.path("status").asText())) {
                live.remove(id);
                seen.remove(id);
                bars.clear();
                ended.accept(download);
            }
        }
        bars.draw(seen.values());
    }

    private Map<String, JsonNode> list() {
        Map<String, JsonNode> listed = ServerCommand.pages(server, ServerCommand.DOWNLOADS + "?status=queued,running", "downloads",
                Integer.MAX_VALUE).stream().collect(Collectors.toMap(one -> one.path("id").asText(), one -> one, (one, other) -> other));
        pages = 1 + listed.size() / ServerCommand.PAGE;
        return listed;
    }

    private JsonNode get(String id) {
        try {
            return server.get(ServerCommand.DOWNLOADS + "/" + id);
        } catch (RefusedException e) {
            if (e.status() != 404) {
                throw e;
            }
            live.remove(id);
            seen.remove(id);
            bars.clear();
            terminal.note("The download " + id + " was deleted meanwhile.");
            return null;
        }
    }
}
