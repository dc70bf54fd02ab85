package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.Problems;
import org.wallwhale.server.RawHttp.Reply;

/** Two servers of one PostgreSQL and one data folder, behind the nginx of {@code deploy/nginx}. The last test kills one. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoInstancesIT {
    private static final String AUTH = "/api/v1/auth";
    private static final String KEYS = "/api/v1/admin/api-keys";
    @TempDir
    private static Path folder;
    private static TwoInstances instances;
    private static Api admin;

    @BeforeAll
    static void start() throws Exception {
        // what is to be fetched runs on instance one
        instances = TwoInstances.start(folder, Map.of("WALLWHALE_ENGINE_DEPOTDOWNLOADER_PATH", OperatorsTool.in(folder)),
                Map.of("WALLWHALE_WORKER_SLOTS", "0"));
        admin = Api.withToken(login().get("accessToken").textValue()).at(instances.one().root());
    }

    @AfterAll
    static void stop() throws Exception {
        instances.close();
    }

    @Test
    @Order(1)
    void fortyClientsOfOneKeyGetTheLimitOfEachMinuteAndNoMore() throws Exception {
        String key = key(Api.object().put("rateLimit", MinuteFlood.LIMIT));
        MinuteFlood flood = new MinuteFlood(instances.nginx().port(), "X-API-Key: " + key);
        Crowd.each(Crowd.CLIENTS, flood::comeTwice);
        flood.demandNoMoreThanTheLimitAndNearlyAllOfIt();
        assertThat(answeredBy("flood")).as("instances that answered").hasSize(2);
    }

    @Test
    @Order(2)
    void ofParallelSubmitsOnBothTheDaysDownloadsAndNoMoreAreAccepted() throws Exception {
        int limit = 25;
        Api client = Api.withKey(key(Api.object().put("downloadsDaily", limit)));
        List<Api> clients = instances.clients(client);
        List<Answer> answers = Crowd.each(Crowd.CLIENTS * 2, call -> clients.get(call % 2).post(DOWNLOADS, wish(7_100_000_000L + call * 100)));
        assertThat(answers.stream().filter(answer -> answer.status() == 202)).hasSize(limit);
        assertThat(answers.stream().filter(answer -> answer.status() != 202)).allSatisfy(answer -> assertThat(
                Problems.demand(answer, 429, "too_many_requests").get("violated-policies").toString()).isEqualTo("[\"downloads-daily\"]"));
        assertThat(accepted(clients.get(0))).isEqualTo(limit);
    }

    @Test
    @Order(3)
    void equalSubmitsOnBothAreOneDownloadAndCountOnce() throws Exception {
        Api client = Api.withKey(key(Api.object().put("downloadsDaily", 100)));
        List<Api> clients = instances.clients(client);
        List<Answer> answers = Crowd.each(Crowd.CLIENTS, call -> clients.get(call % 2).post(DOWNLOADS, wish(7_200_000_000L)));
        assertThat(answers).allMatch(answer -> answer.status() == 202);
        assertThat(answers.stream().map(answer -> answer.json().get("id").textValue()).distinct()).hasSize(1);
        assertThat(accepted(clients.get(1))).isEqualTo(1);
    }

    @Test
    @Order(4)
    void aKeyThatOneRevokesIsRefusedByTheOtherAndItsStreamsEndOnBoth() throws Exception {
        Answer created = createKey(Api.object());
        String key = created.json().get("key").textValue();
        Api atTwo = Api.withKey(key).at(instances.two().root());
        assertThat(atTwo.get(DOWNLOADS).status()).isEqualTo(200);
        try (Socket first = openStream(key); Socket second = openStream(key)) {
            BufferedReader ofFirst = afterSnapshot(first);
            BufferedReader ofSecond = afterSnapshot(second);
            assertThat(admin.delete(KEYS + "/" + created.json().at("/apiKey/id").textValue()).status()).isEqualTo(204);
            atTwo.awaitAnswer(DOWNLOADS, answer -> answer.status() == 401);
            awaitEnd(ofFirst);
            awaitEnd(ofSecond);
        }
        instances.two().await("nginx wrote both streams down", Duration.ofSeconds(10), () -> answeredBy("stream").size() == 2);
    }

    @Test
    @Order(5)
    void aSessionThatEndsAtOneHasEndedAtTheOther() throws Exception {
        JsonNode login = login();
        Api atOne = Api.withToken(login.get("accessToken").textValue()).at(instances.one().root());
        Api atTwo = atOne.at(instances.two().root());
        assertThat(atTwo.get(DOWNLOADS).status()).isEqualTo(200);
        assertThat(atOne.post(AUTH + "/logout", "").status()).isEqualTo(204);
        atTwo.awaitAnswer(DOWNLOADS, answer -> answer.status() == 401);
        Problems.demand(atTwo.post(AUTH + "/refresh", Api.object().put("refreshToken", login.get("refreshToken").textValue())),
                401, "unauthenticated");
    }

    @Test
    @Order(6)
    void behindNginxTheClientsAddressIsTheClients() throws Exception {
        RawHttp client = new RawHttp(instances.nginx().port(), "127.0.0.7");
        String request = UUID.randomUUID().toString();
        Reply reply = client.send("POST", DOWNLOADS, wish(7_300_000_000L).toString(), "X-API-Key: " + keyFor("127.0.0.7"),
                "X-Forwarded-For: 198.51.100.7", "Forwarded: for=198.51.100.7", "X-Real-IP: 198.51.100.7", "X-Request-Id: " + request);
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.header("X-Request-Id")).isEqualTo(request);
        assertThat(StreamSupport.stream(admin.get("/api/v1/admin/audit-logs?limit=200").json().get("auditLogs").spliterator(), false)
                .filter(entry -> entry.get("requestId").textValue().equals(request)).map(entry -> entry.get("address").textValue()))
                .containsExactly("127.0.0.7");
        Reply refused = client.get(DOWNLOADS, "X-API-Key: " + keyFor("198.51.100.7"), "X-Forwarded-For: 198.51.100.7");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("message").textValue()).contains("127.0.0.7");
    }

    /**
     * Payara goes by the chunks where there is a Content-Length too, and then closes the connection. A second request would be a
     * submit, and so leave a trace even if nobody got to see its answer.
     */
    @Test
    @Order(7)
    void aRequestWhoseEndIsAmbiguousIsRefusedAndNoOtherIsSeenInIt() throws Exception {
        String key = key(Api.object().put("downloadsDaily", 1000));
        Map<String, String> requests = new AmbiguousRequests(RawHttp.request("POST", DOWNLOADS, wish(7_500_000_000L).toString(),
                "X-API-Key: " + key)).all();
        List<String> names = List.copyOf(requests.keySet());
        for (int port : List.of(instances.one().port(), instances.nginx().port())) {
            boolean direct = port == instances.one().port();
            List<String> answers = Crowd.each(names.size(), number -> new RawHttp(port).ask(requests.get(names.get(number)), 20_000));
            SoftAssertions.assertSoftly(softly -> IntStream.range(0, names.size()).forEach(number ->
                    softly.assertThat(statuses(answers.get(number))).as(names.get(number) + (direct ? ", direct" : ", by nginx"))
                            .isIn(List.of(), List.of("400"), List.of(direct ? "401" : "501"))));
        }
        assertThat(accepted(Api.withKey(key).at(instances.two().root()))).isZero();
    }

    @Test
    @Order(8)
    void aCodeForARunOnOneIsGivenToTheOther() {
        List<Api> both = instances.clients(admin);
        Answer account = admin.post("/api/v1/admin/steam-users", Api.object().put("alias", "guarded").put("loginName", "somebody")
                .put("password", "any"));
        assertThat(account.status()).as(account.text()).isEqualTo(201);
        // the sandbox asks for a code by mail for the first, and takes any password then
        String first = submit(7_600_000_011L);
        JsonNode asked = both.get(0).await(first, download -> !download.get("needsInput").isNull());
        assertThat(asked.get("phase").textValue()).isEqualTo("needs_input");
        assertThat(asked.at("/needsInput/kind").textValue()).isEqualTo("email_code");
        String second = submit(7_600_000_100L);
        assertThat(instances.one().descendants()).isNotEmpty();
        assertThat(instances.two().descendants()).isEmpty();
        assertThat(both).allSatisfy(client -> {
            assertThat(client.download(first).get("needsInput")).isEqualTo(asked.get("needsInput"));
            client.await(second, download -> download.get("waitingFor").asText()
                    .equals("The Steam account \"guarded\" waits for an answer to Steam Guard."));
        });
        Answer answered = both.get(1).post(DOWNLOADS + "/" + first + "/steam-guard", Api.object().put("code", "BBBBB"));
        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        for (String id : List.of(first, second)) {
            JsonNode end = both.get(1).awaitFinished(id);
            assertThat(end.get("status").textValue()).as(end.toString()).isEqualTo("success");
            assertThat(both.get(0).download(id)).isEqualTo(end);
            assertThat(end.get("needsInput").isNull()).isTrue();
        }
    }

    private static String submit(long item) {
        return admin.submit(Api.object().put("urlOrId", String.valueOf(item)).put("accountName", "guarded")).get("id").textValue();
    }

    @Test
    @Order(9)
    void whenOneIsKilledReadersNoticeNothingAndNoSubmitIsSentTwice() throws Exception {
        Api client = Api.withKey(key(Api.object().put("downloadsDaily", 1_000_000).put("rateLimit", 1_000_000))).at(instances.nginx().root());
        AtomicInteger rounds = new AtomicInteger();
        ExecutorService killer = Executors.newSingleThreadExecutor();
        Future<?> killed = killer.submit(() -> {
            instances.two().await("some calls went well", Duration.ofSeconds(60), () -> rounds.get() > 40);
            instances.two().kill();
            return null;
        });
        List<Answer> submits = new ArrayList<>();
        for (List<Answer> ofOne : Crowd.each(8, number -> callUntilKilled(client, number, rounds, killed))) {
            submits.addAll(ofOne);
        }
        killed.get();
        killer.shutdown();
        assertThat(submits).allSatisfy(answer -> assertThat(answer.status()).as(answer.text()).isIn(202, 502));
        assertThat(submits).filteredOn(answer -> answer.status() == 502)
                .allSatisfy(answer -> assertThat(answer.json().get("code").textValue()).isEqualTo("bad_gateway"));
        Set<String> ids = submits.stream().filter(answer -> answer.status() == 202).map(answer -> answer.json().get("id").textValue())
                .collect(Collectors.toSet());
        int lost = (int) submits.stream().filter(answer -> answer.status() == 502).count();
        assertThat(accepted(client)).isBetween(ids.size(), ids.size() + lost);
        assertThat(ids).allSatisfy(id -> assertThat(client.get(DOWNLOADS + "/" + id).status()).isEqualTo(200));
    }

    /** Reads, which must go well, and submits of new items, until twenty rounds after the kill. */
    private static List<Answer> callUntilKilled(Api client, int number, AtomicInteger rounds, Future<?> killed) {
        List<Answer> submits = new ArrayList<>();
        int after = 0;
        for (int round = 0; after < 20; round++) {
            Answer read = client.get(DOWNLOADS + "?limit=5");
            assertThat(read.status()).as(read.text()).isEqualTo(200);
            submits.add(client.post(DOWNLOADS, wish(7_400_000_000L + number * 1_000_000L + round * 100)));
            rounds.incrementAndGet();
            after += killed.isDone() ? 1 : 0;
        }
        return submits;
    }

    private static List<String> statuses(String answers) {
        return Pattern.compile("HTTP/1\\.[01] ([0-9]{3}) ").matcher(answers).results().map(found -> found.group(1)).toList();
    }

    private static JsonNode login() {
        return Api.anonymous().at(instances.one().root()).login(ServerProcess.EMAIL, ServerProcess.PASSWORD).json();
    }

    /** Never starts. */
    private static ObjectNode wish(long item) {
        return Api.object().put("urlOrId", String.valueOf(item)).put("accountName", "sandbox").put("startAt", "2099-01-01T00:00:00Z");
    }

    private static String key(ObjectNode terms) {
        return createKey(terms).json().get("key").textValue();
    }

    private static String keyFor(String address) {
        ObjectNode terms = Api.object();
        terms.putArray("ipAllow").add(address);
        return key(terms);
    }

    private static Answer createKey(ObjectNode terms) {
        terms.put("name", "A test's key").putArray("scopes").add("download:*");
        Answer created = admin.post(KEYS, terms);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created;
    }

    /** How many downloads were counted for the client's key today. */
    private static int accepted(Api client) {
        JsonNode usage = client.get("/api/v1/me").json().get("usage");
        return usage.get(usage.findValuesAsText("policy").indexOf("downloads-daily")).get("used").intValue();
    }

    private static Socket openStream(String key) throws IOException {
        return new RawHttp(instances.nginx().port()).open(RawHttp.request("GET", "/api/v1/events", "", "X-API-Key: " + key, "X-Request-Id: stream"));
    }

    private static BufferedReader afterSnapshot(Socket stream) throws IOException {
        stream.setSoTimeout(60_000);
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8));
        assertThat(lines.lines().anyMatch(line -> line.startsWith("data:"))).isTrue();
        return lines;
    }

    private static void awaitEnd(BufferedReader stream) throws Exception {
        CompletableFuture.supplyAsync(() -> stream.lines().count()).get(30, TimeUnit.SECONDS);
    }

    /** The addresses of the instances. */
    private static Set<String> answeredBy(String request) {
        return instances.nginx().calls().stream().filter(call -> call.startsWith(request + " "))
                .flatMap(call -> Stream.of(call.split(",? ")).skip(1)).collect(Collectors.toSet());
    }
}
