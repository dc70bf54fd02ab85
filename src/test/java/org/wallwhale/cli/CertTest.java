package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.certificate.CertificateFiles;
import org.wallwhale.certificate.Making;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;
import picocli.CommandLine;

class CertTest {
    @TempDir
    private Path folder;

    /** What a command said, and its exit code. */
    private record Ended(int code, String out, String err) {
    }

    private Settings settings() {
        Map<String, String> values = Map.of("wallwhale.data-dir", folder.resolve("data").toString(), "wallwhale.http.port", "1",
                "wallwhale.tls.enabled", "false", "wallwhale.tls.plain-port", "0");
        return new Settings(key -> Optional.ofNullable(values.get(key)));
    }

    private static Ended run(Object command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.line(command).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Ended(line.execute(arguments), out.toString(), err.toString());
    }

    private Ended make(String... arguments) {
        return run(new CertSelfSigned(settings()), arguments);
    }

    private Ended check(String... arguments) {
        return run(new CertCheck(settings()), arguments);
    }

    @Test
    void whatIsMadeIsGoodAndReplacedOnlyOnDemand() throws Exception {
        assertThat(make("--name", "files.lan,192.0.2.7").code()).isZero();
        Path file = folder.resolve("data/secrets/server.pem");
        byte[] first = Files.readAllBytes(file);
        assertThat(check().code()).isZero();
        assertThat(check("--name", "files.lan").out()).startsWith("good").contains("files.lan, 192.0.2.7", "clients must be told to trust it");
        assertThat(make("--name", "files.lan")).satisfies(refused -> {
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("--force").hasLineCount(1);
        });
        assertThat(file).hasBinaryContent(first);
        assertThat(make("--name", "files.lan", "--force").code()).isZero();
        assertThat(Files.readAllBytes(file)).isNotEqualTo(first);
    }

    @Test
    void checkTellsMonitoringByItsCodeAndJson() throws Exception {
        make("--name", "files.lan", "--days", "10", "--out", folder.toString());
        Path certificate = folder.resolve("certificate.pem");
        assertThat(check(certificate.toString(), "--warn-days", "5").code()).isZero();
        Ended trouble = check(certificate.toString(), "--name", "other.lan", "--json");
        assertThat(trouble.code()).isEqualTo(1);
        assertThat(new ObjectMapper().readTree(trouble.out()).path("troubles")).hasSize(2);
        make("--name", "files.lan", "--days", "10", "--out", Files.createDirectory(folder.resolve("else")).toString());
        assertThat(check(certificate.toString(), "--warn-days", "5", "--key", folder.resolve("else/key.pem").toString()).out())
                .contains("is not that of the certificate");
        assertThat(check(folder.toString()).err()).contains("is a folder");
        assertThat(check(folder.resolve("key.pem").toString())).satisfies(none -> {
            assertThat(none.code()).isEqualTo(2);
            assertThat(none.err()).contains("holds no certificate").hasLineCount(1);
        });
    }

    @Test
    void whatHasExpiredIsToldByHowLongAgo() throws Exception {
        Path old = Files.writeString(folder.resolve("old.pem"), Making.selfSigned(List.of("files.lan"), Duration.ofDays(10),
                Instant.now().minus(Duration.ofDays(110)).minusSeconds(60)).chainPem());
        assertThat(check(old.toString()).out()).containsPattern("expired +20.*, 100 days ago").doesNotContain("-100");
    }

    @Test
    void aServerThatIsNotThereIsToldFromOneWithoutTls() throws Exception {
        int port;
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = plain.getLocalPort();
            Thread answers = new Thread(() -> {
                try (Socket client = plain.accept()) {
                    client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                } catch (IOException e) {
                    // the test is over
                }
            });
            answers.start();
            assertThat(check("127.0.0.1:" + port)).satisfies(none -> {
                assertThat(none.code()).isEqualTo(2);
                assertThat(none.err()).contains("shows no certificate");
            });
            answers.join();
        }
        for (String mistyped : new String[] {"certifcate.pem", "none/certificate", "none.CRT"}) {
            assertThat(check(mistyped)).satisfies(none -> {
                assertThat(none.code()).as(mistyped).isEqualTo(2);
                assertThat(none.err()).contains("is not there");
            });
        }
        assertThat(check("127.0.0.1:" + port)).satisfies(gone -> {
            assertThat(gone.code()).isEqualTo(4);
            assertThat(gone.err()).contains("Nothing answers at 127.0.0.1").hasLineCount(1);
        });
    }

    @Test
    void anExpiredCertificateDoesNotKeepAServerFromStarting() throws Exception {
        CertificateFiles files = new CertificateFiles(new DataFolder(settings()));
        files.replace(Making.selfSigned(List.of("files.lan"), Duration.ofDays(1), Instant.now().minus(Duration.ofDays(2))));
        Path out = Files.createDirectory(folder.resolve("out"));
        assertThat(run(new CertServe(settings()), "--out", out.toString())).satisfies(replaced -> {
            assertThat(replaced.code()).isZero();
            assertThat(replaced.err()).contains("a new one takes its place");
        });
        assertThat(check("--name", "files.lan").code()).isZero();
        assertThat(out.resolve("keystore.p12")).isNotEmptyFile();

        Files.writeString(files.server(), "no certificate");
        assertThat(run(new CertServe(settings()), "--out", out.toString()).code()).isEqualTo(3);
    }

    @Test
    void wrongUseIsToldBeforeAnythingIsDone() {
        assertThat(make("--name", "a b").code()).isEqualTo(2);
        assertThat(make("--name", "a.lan", "--days", "0").code()).isEqualTo(2);
        assertThat(make().code()).isEqualTo(2);
        assertThat(make("--name", "a.lan", "--out", folder.resolve("none").toString()).code()).isEqualTo(2);
        for (String[] wrong : new String[][] {{"--name", "*.lan"}, {"--name", "a.lan", "--directory", "ftp://a.lan"}, {"--name", "a.lan", "--port", "0"},
            {"--name", "a.lan", "--mail", "nobody"}, {"--name", "a.lan", "--directory-ca", folder.resolve("none").toString()}}) {
            assertThat(run(new CertAcme(settings()), wrong).code()).as(String.join(" ", wrong)).isEqualTo(2);
        }
        assertThat(run(new CertAcme(settings()), "--name", "a.lan", "--directory", "https://127.0.0.1:1/dir", "--port", "5002")).satisfies(gone -> {
            assertThat(gone.code()).isEqualTo(4);
            assertThat(gone.err()).contains("cannot be reached");
        });
        assertThat(folder.resolve("data/secrets/server.pem")).doesNotExist();
    }
}
