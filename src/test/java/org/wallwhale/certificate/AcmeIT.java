package org.wallwhale.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;

/** A real ACME server, Debian's pebble, which refuses each fifth nonce as some do. */
class AcmeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    @TempDir
    private Path folder;
    private int directoryPort;
    private int httpPort;
    private Path authority;
    private Process pebble;

    @BeforeEach
    void start() throws Exception {
        directoryPort = freePort();
        httpPort = freePort();
        KeyedCertificate own = Making.selfSigned(List.of("localhost"), Duration.ofDays(2), Instant.now());
        authority = Files.writeString(folder.resolve("pebble.pem"), own.chainPem());
        Files.writeString(folder.resolve("pebble.key"), own.keyPem());
        Files.writeString(folder.resolve("pebble.json"), """
                {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "", "certificate": "pebble.pem", "privateKey": "pebble.key",
                 "httpPort": %d, "tlsPort": 1, "ocspResponderURL": "", "externalAccountBindingRequired": false}}""".formatted(directoryPort, httpPort));
        ProcessBuilder program = new ProcessBuilder("pebble", "-config", "pebble.json").directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("pebble.log").toFile());
        program.environment().putAll(Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_WFE_NONCEREJECT", "20"));
        pebble = program.start();
        Runtime.getRuntime().addShutdownHook(new Thread(pebble::destroyForcibly));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(directoryPort)) {
            assertThat(System.nanoTime()).as("pebble starts").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        pebble.destroyForcibly().waitFor();
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Settings settings() {
        Map<String, String> values = Map.of("wallwhale.data-dir", folder.resolve("data").toString(), "wallwhale.http.port", "8080",
                "wallwhale.tls.enabled", "true", "wallwhale.tls.plain-port", "0");
        return new Settings(key -> Optional.ofNullable(values.get(key)));
    }

    private CertificateFiles files() {
        return new CertificateFiles(new DataFolder(settings()));
    }

    /** From the built application, which has no BouncyCastle. Standard output and error together. */
    private String command(int code, String... arguments) throws Exception {
        List<String> line = Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                "target/wallwhale/WEB-INF/classes:target/wallwhale/WEB-INF/lib/*", "org.wallwhale.cli.Main", "cert", "acme", "--directory",
                "https://localhost:" + directoryPort + "/dir"), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("WALLWHALE_DATA_DIR", folder.resolve("data").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(code);
        return said;
    }

    @Test
    void theCommandGetsOneOnlyWithTermsAndTrustAndAName() throws Exception {
        String port = String.valueOf(httpPort);
        assertThat(command(4, "--name", "localhost", "--port", port)).contains("cannot be reached");
        assertThat(command(2, "--name", "localhost", "--port", port, "--directory-ca", authority.toString())).contains("add --agree");
        assertThat(command(1, "--name", "localhost", "--name", "no-such-host.invalid", "--port", port, "--directory-ca", authority.toString(), "--agree"))
                .contains("does not believe that no-such-host.invalid is this server");
        assertThat(files().server()).doesNotExist();
        assertThat(command(0, "--name", "localhost", "--mail", "me@example.org", "--port", port, "--directory-ca", authority.toString(), "--agree"))
                .contains("The certificate for localhost is there");
        KeyedCertificate got = Pem.keyed(files().server(), files().server());
        assertThat(got.fits()).isTrue();
        assertThat(got.chain()).hasSizeGreaterThan(1);
        assertThat(Judgement.names(got.chain().get(0))).containsExactly("localhost");
        assertThat(files().challenges()).isEmptyDirectory();
    }

    @Test
    void itIsRenewedOnceWhenAThirdOfItsTimeIsLeft() throws Exception {
        files().keep(wish(httpPort));
        files().replace(Making.selfSigned(List.of("localhost"), Duration.ofDays(90), Instant.now().minus(Duration.ofDays(59))));
        ServerCertificate certificate = new ServerCertificate(new TlsConfig(settings()), files());
        certificate.renew();
        assertThat(Pem.certificates(files().server())).as("more than a third is left").hasSize(1);

        files().replace(Making.selfSigned(List.of("localhost"), Duration.ofDays(90), Instant.now().minus(Duration.ofDays(61))));
        Thread other = new Thread(() -> new ServerCertificate(new TlsConfig(settings()), files()).renew());
        other.start();
        certificate.renew();
        other.join();
        assertThat(Pem.certificates(files().server())).hasSizeGreaterThan(1);
        assertThat(Files.readString(folder.resolve("pebble.log")).lines().filter(line -> line.contains("POST /finalize-order/"))
                .filter(line -> line.contains("calling handler"))).as("orders").hasSizeLessThanOrEqualTo(3);
        assertThat(certificate.standing().orElseThrow().cause()).isNull();
    }

    @Test
    void aFailureIsToldAndNotTriedAgainAtOnce() throws Exception {
        files().keep(wish(freePort()));
        files().replace(Making.selfSigned(List.of("localhost"), Duration.ofDays(90), Instant.now().minus(Duration.ofDays(80))));
        ServerCertificate certificate = new ServerCertificate(new TlsConfig(settings()), files());
        certificate.renew();
        RenewalState state = files().state();
        assertThat(state.failures()).isEqualTo(1);
        assertThat(state.notBefore()).isAfter(Instant.now().plus(Duration.ofMinutes(10)));
        certificate.renew();
        assertThat(files().state()).isEqualTo(state);
        assertThat(certificate.standing().orElseThrow().cause()).contains("renewing it failed (1 in a row): The authority does not believe that localhost");
        files().replace(Making.selfSigned(List.of("localhost"), Duration.ofDays(1), Instant.now().minus(Duration.ofDays(2))));
        assertThat(certificate.standing().orElseThrow().cause()).startsWith("The certificate expired on ");
    }

    private AcmeWish wish(int port) throws IOException {
        return new AcmeWish(URI.create("https://localhost:" + directoryPort + "/dir"), Optional.of(Files.readString(authority)), List.of("localhost"),
                Optional.empty(), Optional.of(port));
    }
}
