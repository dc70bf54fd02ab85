package org.wallwhale.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.wallwhale.ServerUnderTest;

/** A client of a running server, with an API key of its own. */
record StreamClient(URI base, String admin, String keyId, String key) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An event as a browser would see it; id and name may be null. */
    record Event(String id, String name, String data) {
        JsonNode json() {
            return StreamClient.json(data);
        }
    }

    /** Something that may fail. */
    interface Stop {
        boolean after(Event event) throws Exception;
    }

    static StreamClient logIn() throws Exception {
        StreamClient nobody = anonymous();
        HttpResponse<String> login = nobody.post("/auth/login", "{\"email\":\"" + property("wallwhale.admin.email")
                + "\",\"password\":\"" + property("wallwhale.admin.password") + "\"}");
        assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
        return new StreamClient(nobody.base, json(login.body()).get("accessToken").textValue(), null, null).withNewKey();
    }

    static StreamClient anonymous() {
        return new StreamClient(URI.create(ServerUnderTest.URL + "/api/v1"), null, null, null);
    }

    StreamClient withNewKey() throws Exception {
        return withNewKey("download:*");
    }

    StreamClient withNewKey(String scope) throws Exception {
        HttpResponse<String> made = send(request("/admin/api-keys").header("Authorization", "Bearer " + admin)
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"streams\",\"scopes\":[\"" + scope + "\"]}")));
        JsonNode body = json(made.body());
        return new StreamClient(base, admin, body.get("apiKey").get("id").textValue(), body.get("key").textValue());
    }

    void revoke() throws Exception {
        assertThat(send(request("/admin/api-keys/" + keyId).header("Authorization", "Bearer " + admin).DELETE()).statusCode())
                .isEqualTo(204);
    }

    /** The new download's id; {@code startAt} may be null. */
    String submit(String item, Instant startAt) throws Exception {
        HttpResponse<String> answer = post("/downloads", "{\"urlOrId\":\"" + item + "\",\"accountName\":\"sandbox\",\"startAt\":"
                + (startAt == null ? "null" : "\"" + startAt + "\"") + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json(answer.body()).get("id").textValue();
    }

    JsonNode download(String id) throws Exception {
        return json(get("/downloads/" + id).body());
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = authorized(request(path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send(authorized(request(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** All events until the server ends the stream. */
    List<Event> read(String path, String... headers) throws Exception {
        HttpResponse<String> answer = get(path, headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return events(answer.body().lines().iterator(), event -> false);
    }

    List<Event> readAt(URI address) throws Exception {
        return events(send(authorized(HttpRequest.newBuilder(address))).body().lines().iterator(), event -> false);
    }

    /** Events until {@code stop} says so. */
    List<Event> readUntil(String path, Stop stop) throws Exception {
        HttpResponse<Stream<String>> answer = HTTP.send(authorized(request(path)).build(), HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
            return events(lines.iterator(), stop);
        }
    }

    /** As {@link #read}, in the background. */
    CompletableFuture<List<Event>> follow(String path) {
        return HTTP.sendAsync(authorized(request(path)).build(), HttpResponse.BodyHandlers.ofString()).thenApply(answer -> {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            try {
                return events(answer.body().lines().iterator(), event -> false);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("This is no JSON: " + text, e);
        }
    }

    static void until(Duration most, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + most.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static List<Event> events(Iterator<String> lines, Stop stop) throws Exception {
        List<Event> events = new ArrayList<>();
        String id = null;
        String name = null;
        String data = null;
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && data != null) {
                Event event = new Event(id, name, data);
                events.add(event);
                id = null;
                name = null;
                data = null;
                if (stop.after(event)) {
                    return events;
                }
            }
        }
        return events;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(90));
    }

    private HttpRequest.Builder authorized(HttpRequest.Builder request) {
        return key == null ? request : request.header("X-API-Key", key);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name),
                "The system property " + name + " must name the server under test");
    }
}
