package org.wallwhale.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MakingTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    @TempDir
    private Path folder;

    @Test
    void opensslReadsASelfSignedCertificateAsItWasMeant() throws IOException {
        KeyedCertificate made = Making.selfSigned(List.of("files.example.org", "*.lan", "192.0.2.7", "2001:db8::7"), Duration.ofDays(90), NOW);
        Files.writeString(folder.resolve("made.pem"), made.chainPem());
        String text = new OpenSsl(folder).run("x509", "-in", "made.pem", "-noout", "-text");
        assertThat(text).contains("Version: 3", "Issuer: CN = files.example.org", "Subject: CN = files.example.org",
                "DNS:files.example.org, DNS:*.lan, IP Address:192.0.2.7, IP Address:2001:DB8:0:0:0:0:0:7", "CA:FALSE", "Digital Signature",
                "TLS Web Server Authentication", "NIST CURVE: P-256", "ecdsa-with-SHA256", "Not After : May 30 12:00:00 2026 GMT");
        assertThat(made.fits()).isTrue();
    }

    @Test
    void itIsValidByItselfForOpenssl() throws IOException {
        KeyedCertificate made = Making.selfSigned(List.of("files.example.org"), Duration.ofDays(9000), Instant.now());
        Files.writeString(folder.resolve("made.pem"), made.chainPem());
        assertThat(new OpenSsl(folder).run("verify", "-CAfile", "made.pem", "-verify_hostname", "files.example.org", "-purpose", "sslserver", "made.pem"))
                .contains("made.pem: OK");
        // past 2050 times are written in another way
        assertThat(Judgement.of(made.chain(), List.of(), List.of(), Duration.ZERO, Instant.now()).expires())
                .isAfter(Instant.parse("2051-01-01T00:00:00Z"));
    }

    @Test
    void aRequestWithManyNamesIsGoodForOpenssl() throws IOException {
        List<String> names = Stream.concat(IntStream.range(0, 100).mapToObj(i -> "host-" + i + ".example.org"), Stream.of("192.0.2.7")).toList();
        Files.write(folder.resolve("request.der"), Making.request(names, Making.key()));
        String text = new OpenSsl(folder).run("req", "-in", "request.der", "-inform", "DER", "-noout", "-text", "-verify");
        assertThat(text).contains("verify OK", "DNS:host-0.example.org", "DNS:host-99.example.org", "IP Address:192.0.2.7");
    }

    @Test
    void eachHasAKeyAndANumberOfItsOwn() {
        List<KeyedCertificate> made = IntStream.range(0, 20).mapToObj(i -> Making.selfSigned(List.of("a.lan"), Duration.ofDays(1), NOW)).toList();
        assertThat(made.stream().map(one -> one.chain().get(0).getSerialNumber())).doesNotHaveDuplicates().allMatch(number -> number.signum() >= 0);
        assertThat(made.stream().map(one -> one.chain().get(0).getPublicKey())).doesNotHaveDuplicates();
    }
}
