package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;
import org.wallwhale.ServerUnderTest;
import org.wallwhale.metrics.Exposition;

/** 127.0.0.99 is a proxy, whose word counts; 127.0.0.1, where all other tests come from, is none. */
class AddressesIT extends HttpTest {
    private static final String PROXY = "127.0.0.99";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String KEYS = "/api/v1/admin/api-keys";
    private static final String CLIENT = "198.51.100.7";
    private static final String DENIED = "203.0.113.66";
    private static final String FORBIDDEN = "HTTP/1.1 403";
    private static final AtomicInteger MARKERS = new AtomicInteger();

    @BeforeEach
    void rulesAreInForce() throws IOException {
        rules("deny " + DENIED);
    }

    @AfterEach
    void everybodyIsAdmittedAgain() throws IOException {
        write("proxy " + PROXY);
        await(LOOPBACK, "/api/v1/downloads", answer -> !answer.startsWith(FORBIDDEN));
    }

    @Test
    void whatAnUntrustedPeerSaysOfTheClientChangesNothing() {
        String key = keyFor("198.51.100.0/24");
        String request = UUID.randomUUID().toString();
        assertThat(get(LOOPBACK, "/api/v1/downloads", "X-API-Key: " + key, "X-Forwarded-For: " + CLIENT, "Forwarded: for=" + CLIENT,
                "X-Real-IP: " + CLIENT)).startsWith(FORBIDDEN).contains("your address, 127.0.0.1");
        assertThat(get(LOOPBACK, "/api/v1/downloads", "X-Forwarded-For: " + DENIED)).startsWith("HTTP/1.1 401");
        assertThat(Api.secondUser().get(KEYS, "X-Forwarded-For", CLIENT, "X-Request-Id", request).status()).isEqualTo(403);
        assertThat(entry(request).get("address").textValue()).isEqualTo(LOOPBACK);
    }

    @Test
    void whatAProxySaysOfTheClientCounts() {
        String key = keyFor("198.51.100.0/24");
        String request = UUID.randomUUID().toString();
        assertThat(get(PROXY, "/api/v1/downloads", "X-API-Key: " + key, "X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: " + CLIENT + ":4711"))
                .startsWith("HTTP/1.1 200");
        assertThat(get(PROXY, "/api/v1/downloads", "X-API-Key: " + key, "X-Forwarded-For: " + CLIENT + ", 192.0.2.1"))
                .startsWith(FORBIDDEN).contains("your address, 192.0.2.1");
        assertThat(get(PROXY, "/api/v1/downloads", "X-API-Key: " + key, "Forwarded: for=" + CLIENT))
                .as("the other header").startsWith(FORBIDDEN).contains("your address, " + PROXY);
        assertThat(get(PROXY, "/api/v1/downloads", "X-Forwarded-For: 198.51.100.8", "X-Request-Id: " + request)).startsWith("HTTP/1.1 401");
        assertThat(entry(request).get("address").textValue()).isEqualTo("198.51.100.8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/downloads", "/v1/downloads", "/health", "/health/live", "/no/such/page"})
    void aDeniedAddressReachesNothing(String path) {
        for (String client : List.of(DENIED, "::ffff:" + DENIED, "192.0.2.1, " + DENIED)) {
            assertThat(get(PROXY, path, "X-Forwarded-For: " + client)).startsWith(FORBIDDEN)
                    .contains("application/problem+json", "X-Request-Id:", "may not be used from your address, " + DENIED);
        }
        assertThat(StreamSupport.stream(entries().spliterator(), false).filter(entry -> entry.get("address").textValue().equals(DENIED)))
                .as("on record once a minute").hasSizeBetween(1, 2)
                .allMatch(entry -> entry.get("result").textValue().equals("refused"));
    }

    @Test
    void withAnAllowedNetworkEverybodyElseIsRefused() throws IOException {
        rules("allow 198.51.100.0/24");
        assertThat(get(PROXY, "/api/v1/downloads", "X-Forwarded-For: " + CLIENT)).startsWith("HTTP/1.1 401");
        assertThat(get(PROXY, "/api/v1/downloads", "X-Forwarded-For: 192.0.2.1")).startsWith(FORBIDDEN);
        assertThat(get(LOOPBACK, "/api/v1/downloads", "X-Forwarded-For: " + CLIENT)).startsWith(FORBIDDEN);
        assertThat(get(LOOPBACK, "/health")).as("the machine's own").startsWith("HTTP/1.1 200");
        assertThat(get(LOOPBACK, "/health/ready")).startsWith("HTTP/1.1 200");
        assertThat(get(LOOPBACK, "/health", "Via: 1.1 proxy")).startsWith(FORBIDDEN);
        assertThat(get(PROXY, "/health", "X-Forwarded-For: 127.0.0.1")).startsWith(FORBIDDEN);
    }

    @Test
    void monitorsReadTheMetricsWithoutACredential() throws IOException {
        rules("monitor 198.51.100.0/24");
        assertThat(get(PROXY, "/metrics", "X-Forwarded-For: " + CLIENT)).startsWith("HTTP/1.1 200").contains("# HELP ");
        assertThat(get(PROXY, "/metrics", "X-Forwarded-For: " + CLIENT + ", 192.0.2.1")).startsWith("HTTP/1.1 401");
        assertThat(get(PROXY, "/metrics", "X-Forwarded-For: 127.0.0.1")).startsWith("HTTP/1.1 401");
        assertThat(get(LOOPBACK, "/metrics", "X-Forwarded-For: " + CLIENT)).startsWith("HTTP/1.1 401");
        assertThat(get(PROXY, "/api/v1/downloads", "X-Forwarded-For: " + CLIENT)).startsWith("HTTP/1.1 401");
    }

    @Test
    void everyRefusalOfADeniedAddressIsInTheMetrics() {
        double before = forbidden();
        for (int i = 0; i < 5; i++) {
            get(PROXY, "/no/such/page", "X-Forwarded-For: " + DENIED);
        }
        await(LOOPBACK, "/metrics", answer -> forbidden() == before + 5);
        assertThat(get(PROXY, "/metrics", "X-Forwarded-For: " + DENIED)).startsWith(FORBIDDEN);
    }

    private static double forbidden() {
        return Exposition.of(Api.anonymous().get("/metrics").text()).value("wallwhale_refusals_total{code=\"forbidden\",status=\"403\"}");
    }

    /** Returns when they are in force: a marker that no other rules deny is refused then. */
    private static void rules(String line) throws IOException {
        String marker = "198.18.0." + MARKERS.incrementAndGet();
        write("proxy " + PROXY, line, "deny " + marker);
        // WildFly has the rules twice, for the authentication and for filters, and looks at them a second apart
        for (String path : List.of("/", "/api/v1/downloads")) {
            await(PROXY, path, answer -> answer.startsWith(FORBIDDEN), "X-Forwarded-For: " + marker);
        }
    }

    private static void write(String... lines) throws IOException {
        Files.write(AddressFile.in(ServerUnderTest.data()), List.of(lines));
    }

    private static void await(String source, String path, Predicate<String> wanted, String... headers) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!wanted.test(get(source, path, headers))) {
            assertThat(System.nanoTime()).as("the rules are in force").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static String keyFor(String network) {
        ObjectNode terms = Api.object().put("name", "A test's key");
        terms.putArray("scopes").add("download:read");
        terms.putArray("ipAllow").add(network);
        return Api.administrator().post(KEYS, terms).json().get("key").textValue();
    }

    private static JsonNode entries() {
        return Api.administrator().get("/api/v1/admin/audit-logs?limit=200").json().get("auditLogs");
    }

    private static JsonNode entry(String request) {
        return StreamSupport.stream(entries().spliterator(), false).filter(entry -> entry.get("requestId").textValue().equals(request))
                .findFirst().orElseThrow(() -> new AssertionError("No entry of request " + request));
    }

    /** The whole answer, asked for from a certain address of this machine. */
    private static String get(String source, String path, String... headers) {
        URI server = URI.create(Api.ROOT);
        try (Socket socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort(), InetAddress.getByName(source), 0)) {
            String head = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            socket.getOutputStream().write(("GET " + Api.CONTEXT + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + head + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
