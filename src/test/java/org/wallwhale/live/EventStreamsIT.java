package org.wallwhale.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;
import org.wallwhale.live.StreamClient.Event;

/** Event streams of a running server with the sandbox switched on. */
class EventStreamsIT extends HttpTest {
    /** Items of the sandbox: the last two digits choose what happens. */
    private static final String WORKS = "71000";
    private static final String IS_MISSING = "71023";
    private static final String TALKS_UNTIL_CANCELED = "71053";
    private static StreamClient api;

    @BeforeAll
    static void logIn() throws Exception {
        api = StreamClient.logIn();
    }

    @Test
    void anEarlyALateAndAFinishedReaderGetTheSameLines() throws Exception {
        String id = api.submit(WORKS, null);
        CompletableFuture<List<Event>> early = api.follow("/downloads/" + id + "/logs");
        await(id, "downloading");
        List<Event> late = api.read("/downloads/" + id + "/logs");
        assertThat(late).isEqualTo(early.get(60, TimeUnit.SECONDS));
        assertThat(api.read("/downloads/" + id + "/logs")).isEqualTo(late);
        assertThat(api.read("/downloads/" + id + "/logs?attempt=1")).isEqualTo(late);
    }

    @Test
    void theLogIsPlainTextThatEndsAfterArchiveCreated() throws Exception {
        String id = api.submit(WORKS, null);
        HttpResponse<String> answer = api.get("/downloads/" + id + "/logs");
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/event-stream");
        assertThat(answer.headers().firstValue("x-accel-buffering")).contains("no");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
        assertThat(answer.body()).startsWith("retry: 3000\n\nid: 1\ndata: Queued item " + WORKS + ".\n\n").doesNotContain("\r")
                .doesNotContain("Archive not created").endsWith("\n\nevent: end\ndata: success\n\n");
        List<String> lines = answer.body().lines().filter(line -> line.startsWith("data: ")).toList();
        assertThat(lines.get(lines.size() - 2)).contains("Archive created");
    }

    @Test
    void theStatusIsCommittedBeforeTheEndIsSent() throws Exception {
        for (int round = 0; round < 3; round++) {
            String id = api.submit(WORKS, null);
            api.read("/downloads/" + id + "/logs");
            assertThat(api.download(id).get("status").textValue()).isEqualTo("success");
        }
    }

    @Test
    void archiveNotCreatedIsSaidOnceAndOnlyAtTheFinalFailure() throws Exception {
        String id = api.submit(IS_MISSING, null);
        List<Event> log = api.read("/downloads/" + id + "/logs");
        assertThat(log.stream().filter(event -> event.data().contains("Archive not created"))).hasSize(1);
        assertThat(log.get(log.size() - 2).data()).contains("Archive not created");
        assertThat(log.get(log.size() - 1)).isEqualTo(new Event(null, "end", "failed"));
    }

    @Test
    void aRetryStartsANewLogAndTheOldOneCanStillBeAskedFor() throws Exception {
        String id = api.submit(IS_MISSING, null);
        List<Event> first = api.read("/downloads/" + id + "/logs");
        assertThat(api.post("/downloads/" + id + "/retry", "").statusCode()).isEqualTo(200);
        List<Event> second = api.read("/downloads/" + id + "/logs");
        assertThat(second.get(0).data()).isEqualTo("Queued again.");
        assertThat(Long.parseLong(second.get(0).id())).isGreaterThan(Long.parseLong(first.get(first.size() - 2).id()));
        assertThat(api.read("/downloads/" + id + "/logs?attempt=1")).isEqualTo(first);
        assertThat(api.read("/downloads/" + id + "/logs?after=0")).startsWith(first.get(0)).containsAll(second);
    }

    @Test
    void aReaderThatComesBackMissesNothingAndRepeatsNothing() throws Exception {
        String id = api.submit(WORKS, null);
        String path = "/downloads/" + id + "/events";
        List<Event> whole = api.read(path).stream().filter(event -> event.id() != null).toList();
        assertThat(whole).extracting(Event::id)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, whole.size()).mapToObj(String::valueOf).toList());
        for (int had = 0; had <= whole.size(); had++) {
            List<Event> rest = api.read(path, "Last-Event-ID", String.valueOf(had));
            assertThat(rest).hasSize(whole.size() - had + 1);
            assertThat(rest.subList(0, rest.size() - 1)).extracting(Event::id)
                    .isEqualTo(whole.subList(had, whole.size()).stream().map(Event::id).toList());
            assertThat(api.read(path + "?after=" + had)).isEqualTo(rest);
        }
        assertThat(api.read(path, "Last-Event-ID", "999999")).hasSize(whole.size() + 1);
    }

    @Test
    void oneDownloadIsASnapshotThenItsLogStatesAndProgressAndThenItsEnd() throws Exception {
        String id = api.submit(WORKS, null);
        List<Event> events = api.read("/downloads/" + id + "/events");
        assertThat(events.get(0).name()).isEqualTo("snapshot");
        assertThat(events.get(0).json().get("links").get("self").textValue()).endsWith("/api/v1/downloads/" + id);
        assertThat(events).extracting(Event::name).contains("log", "state", "progress").containsOnlyOnce("snapshot", "end");
        assertThat(events.stream().filter(event -> event.name().equals("progress"))).allSatisfy(event -> {
            assertThat(event.id()).isNull();
            assertThat(event.json().fieldNames()).toIterable()
                    .containsExactly("percent", "bytesDone", "bytesTotal", "bytesPerSecond", "etaSeconds");
        });
        assertThat(events.stream().filter(event -> event.name().equals("log")))
                .allSatisfy(event -> assertThat(event.json().get("seq").asText()).isEqualTo(event.id()));
        Event end = events.get(events.size() - 1);
        assertThat(end.name()).isEqualTo("end");
        assertThat(end.json().get("status").textValue()).isEqualTo("success");
    }

    @Test
    void allDownloadsAreASnapshotAndThenEveryChange() throws Exception {
        String before = api.submit(WORKS, null);
        String[] submitted = new String[1];
        List<Event> events = api.readUntil("/events", event -> {
            if (event.name().equals("snapshot")) {
                submitted[0] = api.submit("72000", null);
            }
            return event.name().equals("download") && event.json().get("id").textValue().equals(submitted[0])
                    && event.json().get("status").textValue().equals("success");
        });
        assertThat(events.get(0).json().get("downloads").findValuesAsText("id")).contains(before);
        assertThat(events.stream().filter(event -> event.name().equals("download"))
                .filter(event -> event.json().get("id").textValue().equals(submitted[0]))
                .map(event -> event.json().get("status").textValue()).distinct()).contains("running", "success");
        assertThat(events.stream().filter(event -> event.name().equals("progress"))).anySatisfy(
                event -> assertThat(event.json().get("id").textValue()).isEqualTo(submitted[0]));
        assertThat(events).extracting(Event::id).containsOnlyNulls();
    }

    @Test
    void anAdministratorMayFollowTheDownloadsOfAllUsers() throws Exception {
        Api user = Api.secondUser();
        String before = user.submit("73000").get("id").textValue();
        String[] submitted = new String[1];
        List<Event> events = api.withNewKey("admin:read").readUntil("/admin/events", event -> {
            if (event.name().equals("snapshot")) {
                submitted[0] = user.submit("74000").get("id").textValue();
            }
            return event.name().equals("download") && event.json().get("id").textValue().equals(submitted[0])
                    && event.json().get("status").textValue().equals("success");
        });
        assertThat(events.get(0).json().get("downloads").findValuesAsText("id")).contains(before);
        assertThat(events.stream().filter(event -> event.name().equals("progress"))).anySatisfy(
                event -> assertThat(event.json().get("id").textValue()).isEqualTo(submitted[0]));
        Problems.demand(user.get("/api/v1/admin/events"), 403, "forbidden");
    }

    @Test
    void readersThatDoNotReadHinderNobody() throws Exception {
        String id = api.submit(WORKS, Instant.now().plusSeconds(3));
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int reader = 0; reader < 50; reader++) {
                stalled.add(stalled("/downloads/" + id + "/events"));
            }
            List<CompletableFuture<List<Event>>> good = IntStream.range(0, 50)
                    .mapToObj(reader -> api.follow("/downloads/" + id + "/logs")).toList();
            List<Event> first = good.get(0).get(60, TimeUnit.SECONDS);
            assertThat(first.get(first.size() - 1).data()).isEqualTo("success");
            for (CompletableFuture<List<Event>> reader : good) {
                assertThat(reader.get(10, TimeUnit.SECONDS)).isEqualTo(first);
            }
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    @Test
    void aRevokedKeyEndsItsStreams() throws Exception {
        StreamClient other = api.withNewKey();
        CompletableFuture<List<Event>> all = other.follow("/events");
        String id = api.submit(TALKS_UNTIL_CANCELED, null);
        CompletableFuture<List<Event>> one = other.follow("/downloads/" + id + "/logs");
        await(id, "downloading");
        assertThat(one).isNotDone();
        other.revoke();
        List<Event> told = one.get(10, TimeUnit.SECONDS);
        all.get(10, TimeUnit.SECONDS);
        api.post("/downloads/" + id + "/cancel", "");
        assertThat(told).extracting(Event::name).doesNotContain("end");
        assertThat(api.read("/downloads/" + id + "/logs")).contains(new Event(null, "end", "canceled"));
    }

    @Test
    void theOlderSpellingStreamsToo() throws Exception {
        String id = api.submit(WORKS, null);
        assertThat(api.readAt(URI.create(Api.ROOT + "/v1/downloads/" + id + "/logs")))
                .isEqualTo(api.read("/downloads/" + id + "/logs"));
    }

    @Test
    void aBadStartIsRefusedBeforeTheStream() throws Exception {
        String id = api.submit(WORKS, null);
        for (String query : List.of("?after=x", "?after=-1", "?attempt=0", "?attempt=x", "?attempt=99", "?since=1")) {
            assertProblem(api.get("/downloads/" + id + "/logs" + query), 400);
        }
        assertProblem(api.get("/downloads/" + id + "/events", "Last-Event-ID", "x"), 400);
        assertProblem(api.get("/events?after=1"), 400);
    }

    @Test
    void whatIsNotTheirsIsNotThereAndNobodyListensUnasked() throws Exception {
        for (String stream : List.of("/logs", "/events")) {
            assertProblem(api.get("/downloads/" + UUID.randomUUID() + stream), 404);
            assertProblem(api.get("/downloads/nonsense" + stream), 404);
            assertProblem(StreamClient.anonymous().get("/downloads/" + UUID.randomUUID() + stream), 401);
        }
        assertProblem(StreamClient.anonymous().get("/events"), 401);
    }

    private static void assertProblem(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.uri().toString()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        JsonNode problem = StreamClient.json(answer.body());
        assertThat(problem.get("message").textValue()).isNotBlank().isEqualTo(problem.get("detail").textValue());
    }

    private static void await(String id, String phase) throws Exception {
        StreamClient.until(Duration.ofSeconds(60), () -> phase.equals(api.download(id).get("phase").textValue()));
    }

    private static Socket stalled(String path) throws IOException {
        URI base = api.base();
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new java.net.InetSocketAddress(base.getHost(), base.getPort()));
        socket.getOutputStream().write(("GET " + base.getPath() + path + " HTTP/1.1\r\nHost: " + base.getAuthority()
                + "\r\nX-API-Key: " + api.key() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
