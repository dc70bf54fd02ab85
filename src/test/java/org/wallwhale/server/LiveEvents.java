package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a browser would get of the event stream of one download, from whichever instance. */
record LiveEvents(String key, String download) {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Without an id {@code id} is null. */
    record Event(String id, String name, String data) {
    }

    /** From the start of the run, or after {@code lastEventId} if that is not null, until {@code cut} or the server's end of it. */
    List<Event> read(ServerProcess from, String lastEventId, Predicate<Event> cut) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(from.root() + "/api/v1/downloads/" + download + "/events"))
                .header("X-API-Key", key);
        HttpResponse<Stream<String>> answer = HTTP.send((lastEventId == null ? request : request.header("Last-Event-ID", lastEventId)).build(),
                BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        try (Stream<String> lines = answer.body()) {
            return events(lines.iterator(), cut);
        }
    }

    private static List<Event> events(Iterator<String> lines, Predicate<Event> cut) {
        List<Event> events = new ArrayList<>();
        Event next = new Event(null, null, null);
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("id: ")) {
                next = new Event(line.substring(4), next.name(), next.data());
            } else if (line.startsWith("event: ")) {
                next = new Event(next.id(), line.substring(7), next.data());
            } else if (line.startsWith("data: ")) {
                next = new Event(next.id(), next.name(), line.substring(6));
            } else if (line.isEmpty() && next.data() != null) {
                events.add(next);
                if (cut.test(next)) {
                    return events;
                }
                next = new Event(null, null, null);
            }
        }
        return events;
    }
}
