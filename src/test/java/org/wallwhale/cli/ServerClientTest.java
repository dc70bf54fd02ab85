package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;

/** Against a server that does what servers, and what stands before them, may do. */
class ServerClientTest {
    private static final String CALL = "GET /api/v1/x";
    @TempDir
    private Path folder;
    private final List<String> said = new ArrayList<>();
    private ScriptedServer server;

    @BeforeEach
    void serve() throws IOException {
        server = ScriptedServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whoIsAskedToWaitWaitsAndSaysSo() {
        Deque<Integer> statuses = new ArrayDeque<>(List.of(429, 503, 200));
        server.on(CALL, exchange -> ScriptedServer.json(statuses.pop(), "{\"fine\":true}", "Retry-After", "0").handle(exchange));
        assertThat(client().get("/api/v1/x").path("fine").asBoolean()).isTrue();
        assertThat(said).containsExactly("The server asks to wait (429): trying again in 0 s, 4 more times at most.",
                "The server asks to wait (503): trying again in 0 s, 3 more times at most.");
    }

    @Test
    void nobodyWaitsForEverNorForLong() {
        server.on(CALL, ScriptedServer.json(503, "{\"message\":\"Not now.\"}", "Retry-After", "0"));
        assertThat(refused()).hasMessage("The server refused (503): Not now. Try again in 0 s.").extracting(CommandFailure::exitCode).isEqualTo(4);
        assertThat(server.asked()).hasSize(5);
        server.on(CALL, ScriptedServer.json(429, "{\"message\":\"Too many.\"}", "Retry-After", "600"));
        assertThat(refused()).hasMessage("The server refused (429): Too many. Try again in 600 s.").extracting(CommandFailure::exitCode).isEqualTo(1);
        assertThat(server.asked()).hasSize(6);
    }

    @Test
    void aRefusalIsToldInTheServersWordsWithTheFaultsOfMembers() {
        server.on(CALL, ScriptedServer.json(400, "{\"message\":\"The body is not valid.\",\"code\":\"invalid\",\"errors\":["
                + "{\"pointer\":\"/name\",\"detail\":\"name is missing\"},{\"pointer\":\"\",\"detail\":\"The body is not valid.\"}]}"));
        assertThat(refused()).hasMessage("The server refused (400): The body is not valid. name: name is missing.")
                .extracting(CommandFailure::exitCode).isEqualTo(2);
        for (int status : new int[] {401, 403}) {
            server.on(CALL, ScriptedServer.json(status, "{\"message\":\"No.\"}"));
            assertThat(refused()).hasMessage("The server refused (" + status + "): No.").extracting(CommandFailure::exitCode).isEqualTo(5);
        }
    }

    @Test
    void whatIsNoServerOfOursIsToldWithACure() {
        server.on(CALL, ScriptedServer.json(200, "<html>"));
        assertThat(refused()).hasMessageContaining("something that is no JSON: is " + server.url() + "/api/v1/x an address of");
        server.on(CALL, ScriptedServer.json(502, "<html>"));
        assertThat(refused().exitCode()).isEqualTo(4);
        server.on(CALL, ScriptedServer.json(301, "<html>", "Location", "https://elsewhere.example/"));
        assertThat(refused()).hasMessageContaining("sends to https://elsewhere.example/: set WALLWHALE_URL").extracting(CommandFailure::exitCode)
                .isEqualTo(3);
    }

    @Test
    void aBodyThatStopsIsGivenUp() throws IOException {
        server.on(CALL, exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            assertThat(exchange.getRequestBody().read()).isEqualTo(-1);
            stay();
        });
        try (InputStream body = client().stream("/api/v1/x", Duration.ofMillis(100)).body()) {
            assertThat(body.read()).isEqualTo(1);
            assertThat(catchThrowableOfType(IOException.class, body::read)).isInstanceOf(StallWatch.StalledException.class);
        }
    }

    @Test
    void whoReadsSlowlyIsNotTakenForAServerThatIsSilent() throws IOException {
        Duration silence = Duration.ofMillis(100);
        CountDownLatch closed = new CountDownLatch(1);
        InputStream never = new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("closed");
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        try (InputStream body = new StallWatch(new ByteArrayInputStream(new byte[] {1, 2}), silence); InputStream other = new StallWatch(never, silence)) {
            assertThat(body.read()).isEqualTo(1);
            // as long as it takes to give up another one
            assertThat(catchThrowableOfType(IOException.class, other::read)).isInstanceOf(StallWatch.StalledException.class);
            assertThat(body.read()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNotTakenForNoJson() {
        server.on(CALL, exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("{\"a\": 1".getBytes(StandardCharsets.UTF_8));
        });
        assertThat(refused()).hasMessageContaining("cannot be reached").extracting(CommandFailure::exitCode).isEqualTo(4);
    }

    @Test
    void whatIsShownToAServerInTheClearIsToldOnce() {
        assertThat(ServerAddress.isInTheClear("http://127.evil.invalid")).isTrue();
        assertThat(ServerAddress.isInTheClear("http://192.0.2.1:8080")).isTrue();
        for (String safe : List.of("https://127.evil.invalid", "http://127.0.0.2:80", "http://[::1]:80", "http://localhost")) {
            assertThat(ServerAddress.isInTheClear(safe)).as(safe).isFalse();
        }
        ServerClient far = ServerClient.anonymous("http://wallwhale.invalid").saying(said::add).withKey(Secret.of(ScriptedServer.KEY));
        for (int i = 0; i < 2; i++) {
            assertThat(catchThrowableOfType(CommandFailure.class, () -> far.get("/api/v1/x")).exitCode()).isEqualTo(4);
        }
        assertThat(said).hasSize(1).first().asString().startsWith("Careful: on the way to http://wallwhale.invalid everybody can read");
    }

    /** Until the test is over. */
    private static void stay() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefusedUnlessItIsNamed() throws Exception {
        try (ScriptedServer secured = new ScriptedServer(secured())) {
            secured.on(CALL, ScriptedServer.json(200, "{\"fine\":true}"));
            String url = "https://localhost:" + secured.port();
            CommandFailure refused = catchThrowableOfType(CommandFailure.class, () -> client(Map.of("wallwhale.url", url)).get("/api/v1/x"));
            assertThat(refused).hasMessageStartingWith("The server at " + url + " does not prove that it is the one (")
                    .hasMessageContaining("set WALLWHALE_CA_FILE").extracting(CommandFailure::exitCode).isEqualTo(4);
            String certificate = folder.resolve("certificate.pem").toString();
            assertThat(client(Map.of("wallwhale.url", url, "wallwhale.ca-file", certificate)).get("/api/v1/x").path("fine").asBoolean()).isTrue();
            String none = Files.writeString(folder.resolve("none.pem"), "-----BEGIN CERTIFICATE-----\nx").toString();
            assertThat(catchThrowableOfType(CommandFailure.class, () -> client(Map.of("wallwhale.url", url, "wallwhale.ca-file", none))))
                    .hasMessageStartingWith("WALLWHALE_CA_FILE must name a file of certificates").extracting(CommandFailure::exitCode).isEqualTo(3);
        }
    }

    @Test
    void theServerOfThisMachineIsKnownByItsFileAlsoByItsAddress() throws Exception {
        try (ScriptedServer secured = new ScriptedServer(secured())) {
            secured.on(CALL, ScriptedServer.json(200, "{\"fine\":true}"));
            Map<String, String> here = Map.of("wallwhale.tls.enabled", "true", "wallwhale.tls.plain-port", "0", "wallwhale.tls.cert-file",
                    folder.resolve("certificate.pem").toString(), "wallwhale.http.port", String.valueOf(secured.port()));
            ServerClient client = ServerClient.at("https://127.0.0.1:" + secured.port() + "/", new Settings(key -> Optional.ofNullable(here.get(key))));
            assertThat(client.get("/api/v1/x").path("fine").asBoolean()).isTrue();
            CommandFailure other = catchThrowableOfType(CommandFailure.class, () -> ServerClient.at("https://localhost:" + secured.port(),
                    new Settings(key -> Optional.ofNullable(here.get(key)))).get("/api/v1/x"));
            assertThat(other).hasMessageContaining("(nobody whom this machine trusts vouches for its certificate)");
        }
    }

    @Test
    void whoTakesATlsServerForAPlainOneIsToldAndTheOtherWayRound() throws Exception {
        try (ScriptedServer secured = new ScriptedServer(secured())) {
            String there = "127.0.0.1:" + secured.port();
            assertThat(catchThrowableOfType(CommandFailure.class, () -> client(Map.of("wallwhale.url", "http://" + there)).get("/api/v1/x")))
                    .hasMessageContaining("if it speaks TLS, set WALLWHALE_URL to https://" + there).extracting(CommandFailure::exitCode).isEqualTo(4);
        }
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answers = new Thread(() -> {
                try (Socket caller = plain.accept()) {
                    // closed with something unread, its answer would be lost
                    caller.getInputStream().read(new byte[1 << 14]);
                    caller.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // the test is over
                }
            });
            answers.start();
            String there = "127.0.0.1:" + plain.getLocalPort();
            assertThat(catchThrowableOfType(CommandFailure.class, () -> client(Map.of("wallwhale.url", "https://" + there)).get("/api/v1/x")))
                    .hasMessageContaining("speaks no TLS: set WALLWHALE_URL to http://" + there).extracting(CommandFailure::exitCode).isEqualTo(4);
            answers.join();
        }
    }

    private HttpsServer secured() throws Exception {
        Path store = folder.resolve("store.p12");
        keytool("-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-keystore", store.toString(),
                "-storepass", "changeit");
        keytool("-exportcert", "-rfc", "-alias", "a", "-keystore", store.toString(), "-storepass", "changeit", "-file",
                folder.resolve("certificate.pem").toString());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), "changeit".toCharArray()), "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        return https;
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private CommandFailure refused() {
        return catchThrowableOfType(CommandFailure.class, () -> client().get("/api/v1/x"));
    }

    private ServerClient client() {
        return client(Map.of("wallwhale.url", server.url()));
    }

    private ServerClient client(Map<String, String> settings) {
        return ServerClient.of(new Settings(key -> Optional.ofNullable(settings.get(key)))).saying(said::add);
    }
}
