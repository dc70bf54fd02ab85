package org.wallwhale.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;

/** {@code ./wallwhale serve --tls} with a certificate that it makes by itself. */
class TlsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    @TempDir
    private static Path folder;
    private static Process server;
    private static int port;
    private static int plainPort;
    private static CertificateFiles files;

    @BeforeAll
    static void serve() throws Exception {
        port = freePort();
        plainPort = freePort();
        Path data = folder.resolve("data");
        files = new CertificateFiles(new DataFolder(new Settings(key -> Optional.of(data.toString()))));
        ProcessBuilder launcher = new ProcessBuilder("./wallwhale", "serve", "--tls");
        launcher.environment().putAll(Map.of("WALLWHALE_DATA_DIR", data.toString(), "WALLWHALE_HTTP_PORT", String.valueOf(port),
                "WALLWHALE_TLS_PLAIN_PORT", String.valueOf(plainPort), "WALLWHALE_ADMIN_PASSWORD", "a password for tests",
                "WALLWHALE_SANDBOX_ENABLED", "false", "WALLWHALE_WORKSHOP_BASE_URL", "http://127.0.0.1:9"));
        Path said = folder.resolve("said");
        server = launcher.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
        await("the server is ready, see " + said, () -> Files.readString(said).contains("serves at https://127.0.0.1:" + port) || !server.isAlive());
        assertThat(server.isAlive()).as(Files.readString(said)).isTrue();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.destroy();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static SSLContext trusting() {
        return Handshake.only(Pem.certificates(files.publicCopy()).get(0));
    }

    private static HttpResponse<String> get(String address, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(60));
        return HttpClient.newBuilder().sslContext(trusting()).build().send((headers.length == 0 ? request : request.headers(headers)).build(),
                BodyHandlers.ofString());
    }

    @Test
    void answersComeByHttp2AndWithoutHstsWhileTheCertificateIsSelfSigned() throws Exception {
        HttpResponse<String> answer = get("https://127.0.0.1:" + port + "/health");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void browsersAreHeldToTlsAsSoonAsSomebodyVouchesForTheCertificate() throws Exception {
        OpenSsl openssl = new OpenSsl(Files.createDirectories(folder.resolve("authority")));
        openssl.authority("authority", 30);
        Path vouched = openssl.certificate("vouched", "authority", 30, "subjectAltName=IP:127.0.0.1,DNS:localhost");
        show(Pem.keyed(vouched, vouched.resolveSibling("vouched.key")));
        try {
            for (String path : List.of("/health", "/", "/api/v1/me")) {
                assertThat(get("https://127.0.0.1:" + port + path).headers().allValues("Strict-Transport-Security")).as(path)
                        .containsExactly("max-age=31536000");
            }
            assertThat(get("https://localhost:" + port + "/health").headers().allValues("Strict-Transport-Security")).isEmpty();
            assertThat(get("http://127.0.0.1:" + plainPort + "/health").headers().allValues("Strict-Transport-Security")).isEmpty();
        } finally {
            show(Making.selfSigned(List.of("127.0.0.1"), Duration.ofDays(30), Instant.now()));
        }
    }

    private static void show(KeyedCertificate next) throws Exception {
        files.replace(next);
        await("the next certificate is shown", () -> Handshake.chain("127.0.0.1", port, "127.0.0.1", PATIENCE).equals(next.chain()));
    }

    @Test
    void onlyModernTlsIsSpoken() throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (SSLSocket socket = socket()) {
                socket.setEnabledProtocols(new String[] {version});
                socket.startHandshake();
                assertThat(socket.getSession().getCipherSuite()).matches("TLS_(AES_|CHACHA20_|ECDHE_ECDSA_WITH_.*(GCM|POLY1305)).*");
            }
        }
        try (SSLSocket socket = socket()) {
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
            assertThat(catchThrowable(socket::startHandshake)).isInstanceOf(SSLException.class);
        }
        // old versions Java itself does not speak any longer
        Process openssl = new ProcessBuilder("openssl", "s_client", "-connect", "127.0.0.1:" + port, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
                .redirectErrorStream(true).start();
        openssl.getOutputStream().close();
        assertThat(new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("Cipher is (NONE)");
    }

    private static SSLSocket socket() throws IOException {
        return (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port);
    }

    @Test
    void whoComesWithoutTlsIsSentThereOrRefused() throws Exception {
        String plain = "http://127.0.0.1:" + plainPort;
        HttpResponse<String> page = get(plain + "/app/none.js?a=b");
        assertThat(page.statusCode()).isEqualTo(308);
        assertThat(page.headers().firstValue("Location")).contains("https://127.0.0.1:" + port + "/app/none.js?a=b");
        HttpResponse<String> call = get(plain + "/api/v1/me", "X-API-Key", "ww_live_x");
        assertThat(call.statusCode()).isEqualTo(403);
        assertThat(call.body()).contains("by TLS only");
        assertThat(get(plain + ChallengeFiles.PATH + "../../api/v1/me", "X-API-Key", "ww_live_x").statusCode()).isIn(400, 403);
    }

    @Test
    void whoAsksForACertificateIsAnsweredInPlain() throws Exception {
        ChallengeFiles challenges = new ChallengeFiles(files.challenges());
        challenges.put("a-token", "a-token.of-an-account");
        HttpResponse<String> answer = get("http://127.0.0.1:" + plainPort + ChallengeFiles.PATH + "a-token");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("a-token.of-an-account");
        challenges.remove("a-token");
        assertThat(get("http://127.0.0.1:" + plainPort + ChallengeFiles.PATH + "a-token").statusCode()).isEqualTo(404);
        assertThat(get("http://127.0.0.1:" + plainPort + ChallengeFiles.PATH + "..%2fsecrets%2fserver.pem").body()).doesNotContain("KEY");
    }

    @Test
    void anotherCertificateIsShownWithoutARestartAndOpenConnectionsGoOn() throws Exception {
        try (SSLSocket open = socket()) {
            open.startHandshake();
            KeyedCertificate next = Making.selfSigned(List.of("127.0.0.1", "next.lan"), Duration.ofDays(30), Instant.now());
            show(next);
            open.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost: a.lan\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(open.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");
            assertThat(get("https://127.0.0.1:" + port + "/health").body()).contains("\"certificate\"", next.chain().get(0).getNotAfter().toInstant().toString());
        }
    }

    @Test
    void thePasswordOfTheKeyStoreIsOnNoCommandLine() {
        assertThat(server.descendants().map(one -> one.info().commandLine().orElse("")).filter(line -> line.contains("payara-micro")))
                .isNotEmpty().noneMatch(line -> line.contains("keyStorePassword"));
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
