package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.OnServers;
import org.wallwhale.ServerKind;
import org.wallwhale.Problems;
import org.wallwhale.rest.Http2Stream;

/** Whoever loses a right loses it everywhere, in open event streams too. */
class RevocationIT extends HttpTest {
    private static final String USERS = "/api/v1/admin/users";
    private static final String KEYS = "/api/v1/admin/api-keys";
    private static final int PORTION = 128 * 1024;
    private static final String PASSWORD = "teapot lantern gravel sixty";
    private final Api administrator = Api.administrator();

    @Test
    void aDeletedUserIsOutWithTokensKeysAndStreams() throws Exception {
        String email = "leaver-" + UUID.randomUUID() + "@example.org";
        String id = administrator.post(USERS, Api.object().put("email", email).put("password", PASSWORD)).json().get("id").textValue();
        JsonNode login = Api.anonymous().login(email, PASSWORD).json();
        Api token = Api.withToken(login.get("accessToken").textValue());
        Api key = Api.withKey(text(administrator.post(KEYS, terms("download:read").put("userId", id))));
        CompletableFuture<Void> byToken = follow("Authorization", "Bearer " + login.get("accessToken").textValue());
        assertThat(key.get(DOWNLOADS).status()).isEqualTo(200);
        assertThat(administrator.delete(USERS + "/" + id).status()).isEqualTo(204);
        Problems.demand(token.get(DOWNLOADS), 401, "unauthenticated");
        Problems.demand(key.get(DOWNLOADS), 401, "unauthenticated");
        Problems.demand(Api.anonymous().login(email, PASSWORD), 401, "unauthenticated");
        Problems.demand(Api.anonymous().post("/api/v1/auth/refresh", Api.object().put("refreshToken", login.get("refreshToken").textValue())),
                401, "unauthenticated");
        byToken.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aTextThatIsReplacedWithoutGraceEndsItsStreams() throws Exception {
        Answer created = administrator.post(KEYS, terms("download:read"));
        CompletableFuture<Void> stream = follow("X-API-Key", text(created));
        Answer rotated = administrator.post(KEYS + "/" + id(created) + "/rotate", Api.object().put("graceSeconds", 0));
        stream.get(60, TimeUnit.SECONDS);
        assertThat(Api.withKey(text(rotated)).get(DOWNLOADS).status()).isEqualTo(200);
    }

    @Test
    void whatIsBeingSentToARevokedKeyEnds() throws Exception {
        String zip = largeZip();
        Answer created = administrator.post(KEYS, terms("download:read"));
        demandEnd(zip, text(created), () -> assertThat(administrator.delete(KEYS + "/" + id(created)).status()).isEqualTo(204));
    }

    @Test
    void soDoesWhatIsBeingSentToAKeyThatExpires() throws Exception {
        String zip = largeZip();
        Answer created = administrator.post(KEYS, terms("download:read").put("expiresAt", Instant.now().plusSeconds(3).toString()));
        demandEnd(zip, text(created), () -> { });
    }

    @Test
    @OnServers(value = {ServerKind.PAYARA_MICRO, ServerKind.PAYARA_SERVER},
            because = "Only Payara's streams can be ended (docs/adr/0005); elsewhere no more comes, and the client must notice.")
    void whatIsBeingSentByHttp2EndsWithItsStream() throws Exception {
        Answer created = administrator.post(KEYS, terms("download:read"));
        try (Http2Stream stream = Http2Stream.get(URI.create(Api.ROOT), Api.CONTEXT + largeZip(), text(created))) {
            stream.awaitBody();
            assertThat(administrator.delete(KEYS + "/" + id(created)).status()).isEqualTo(204);
            assertThat(stream.isReset()).as("told that the rest is missing").isTrue();
        }
    }

    private String largeZip() {
        String download = administrator.submit("4500000302").get("id").textValue();
        assertThat(administrator.awaitFinished(download).get("status").textValue()).isEqualTo("success");
        return DOWNLOADS + "/" + download + "/zip";
    }

    /** What a key is being sent ends soon after {@code deed}. */
    private static void demandEnd(String zip, String key, Runnable deed) throws IOException {
        try (Socket reader = new Socket()) {
            URI server = URI.create(Api.ROOT);
            reader.setReceiveBufferSize(64 * 1024);
            reader.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            reader.getOutputStream().write(("GET " + Api.CONTEXT + zip + " HTTP/1.1\r\nHost: " + server.getAuthority()
                    + "\r\nX-API-Key: " + key + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(reader.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
            deed.run();
            assertThat(endsWithin(100, reader)).as("the answer ended within 13 of its 24 MiB").isTrue();
        }
    }

    /** Takes so many times 128 KiB, a tenth of a second apart: more than what lies on the way already, and never stalled. */
    private static boolean endsWithin(int times, Socket reader) {
        try {
            for (int time = 0; time < times; time++) {
                if (reader.getInputStream().readNBytes(PORTION).length < PORTION) {
                    return true;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void whatASwitchedOffKeyMadeGoesWithTheKeyThatMadeIt() {
        Answer first = administrator.post(KEYS, terms("admin:*", "download:*"));
        Answer second = Api.withKey(text(first)).post(KEYS, terms("admin:*", "download:*"));
        Answer third = Api.withKey(text(second)).post(KEYS, terms("download:*"));
        administrator.send("PATCH", KEYS + "/" + id(second), BodyPublishers.ofString("{\"isActive\":false}"), "Content-Type", "application/json");
        assertThat(administrator.delete(KEYS + "/" + id(first)).status()).isEqualTo(204);
        Problems.demand(Api.withKey(text(third)).get(DOWNLOADS), 401, "unauthenticated");
    }

    @Test
    void addressesThatCouldNotBeReadAgainAreNotTaken() {
        for (List<String> networks : List.of(List.of(" 127.0.0.0/8"), List.of("127.0.0.1 "), List.of("192.0.2.1", "\t127.0.0.1"),
                List.of("127.0.0.1 192.0.2.1"), List.of(""),
                IntStream.range(0, 50).mapToObj("2001:0db8:1111:2222:3333:4444:5555:%04x/128"::formatted).toList())) {
            ObjectNode terms = terms("download:read");
            networks.forEach(terms.putArray("ipAllow")::add);
            Problems.demand(administrator.post(KEYS, terms), 400, "invalid");
        }
    }

    /** Ends with the stream, which has begun when this returns. */
    private static CompletableFuture<Void> follow(String header, String credential) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(Api.ROOT + "/api/v1/events")).header(header, credential).build();
        HttpResponse<Stream<String>> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        Iterator<String> lines = answer.body().iterator();
        assertThat(lines.next()).startsWith("retry: ");
        return CompletableFuture.runAsync(() -> {
            try {
                lines.forEachRemaining(line -> { });
            } catch (RuntimeException e) {
                // cut off: that is an end too
            }
        });
    }

    private static ObjectNode terms(String... scopes) {
        ObjectNode terms = Api.object().put("name", "A test's key");
        List.of(scopes).forEach(terms.putArray("scopes")::add);
        return terms;
    }

    private static String id(Answer created) {
        return created.json().get("apiKey").get("id").textValue();
    }

    private static String text(Answer created) {
        return created.json().get("key").textValue();
    }
}
