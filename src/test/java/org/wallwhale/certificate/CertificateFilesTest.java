package org.wallwhale.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;

class CertificateFilesTest {
    @TempDir
    private Path folder;
    private CertificateFiles files;

    @BeforeEach
    void open() {
        files = new CertificateFiles(new DataFolder(new Settings(key -> Optional.of(folder.toString()))));
    }

    @Test
    void theServersOwnIsReadBackWithItsKeyAndOnlyItsOwnerCanReadIt() throws IOException {
        KeyedCertificate made = Making.selfSigned(List.of("a.lan"), Duration.ofDays(1), Instant.now());
        files.replace(made);
        assertThat(Pem.keyed(files.server(), files.server())).isEqualTo(made);
        assertThat(mode(files.server())).isEqualTo("rw-------");
        assertThat(mode(files.publicCopy())).isEqualTo("rw-r--r--");
        assertThat(Files.readString(files.publicCopy())).doesNotContain("KEY");
    }

    @Test
    void anotherKeyDoesNotFit() {
        KeyedCertificate one = Making.selfSigned(List.of("a.lan"), Duration.ofDays(1), Instant.now());
        KeyedCertificate other = Making.selfSigned(List.of("a.lan"), Duration.ofDays(1), Instant.now());
        assertThat(new KeyedCertificate(other.key(), one.chain()).fits()).isFalse();
    }

    @Test
    void rsaKeysFitAndOtherFormsAreToldHowToBecomeReadable() {
        OpenSsl openssl = new OpenSsl(folder);
        openssl.authority("root", 30);
        Path certificate = openssl.certificate("leaf", "root", 30, "subjectAltName=DNS:a.lan");
        assertThat(Pem.keyed(certificate, folder.resolve("leaf.key")).fits()).isTrue();
        openssl.run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "old.key");
        assertThatThrownBy(() -> Pem.key(folder.resolve("old.key"))).isInstanceOf(UnfitCertificateException.class).hasMessageContaining("openssl pkcs8 -topk8");
        assertThatThrownBy(() -> Pem.key(certificate)).hasMessageContaining("holds no private key");
        assertThatThrownBy(() -> Pem.certificates(folder.resolve("old.key"))).hasMessageContaining("holds no certificate");
        assertThatThrownBy(() -> Pem.certificates(folder.resolve("none"))).hasMessageContaining("is not there");
    }

    @Test
    void whatIsWrongWithItIsToldToOperatorsWithoutAPath() {
        Settings settings = new Settings(key -> Optional.of(key.equals("wallwhale.tls.enabled") ? "true" : key.endsWith("port") ? "8" + key.length()
                : key.equals("wallwhale.data-dir") ? folder.toString() : ""));
        ServerCertificate certificate = new ServerCertificate(new TlsConfig(settings), files);
        assertThat(certificate.standing().orElseThrow().cause()).isEqualTo("The file server.pem is not there.");
        files.replace(Making.selfSigned(List.of("a.lan"), Duration.ofDays(90), Instant.now()));
        assertThat(certificate.standing().orElseThrow().cause()).isNull();
        files.replace(Making.selfSigned(List.of("a.lan"), Duration.ofDays(90), Instant.now().minus(Duration.ofDays(80))));
        assertThat(certificate.standing().orElseThrow().cause()).startsWith("The certificate expires on ");
    }

    @Test
    void onlyOneProcessIsAtItAndTheAccountsKeyStays() {
        assertThat(files.locked(() -> files.locked(() -> true))).contains(Optional.empty());
        assertThat(files.locked(() -> true)).contains(true);
        assertThat(files.accountKey().getPublic()).isEqualTo(files.accountKey().getPublic());
    }

    @Test
    void whatIsRenewedIsRemembered() {
        assertThat(files.wish()).isEmpty();
        AcmeWish wish = new AcmeWish(URI.create("https://ca.lan/directory"), Optional.of("-----BEGIN\nline: 2\n"), List.of("a.lan", "b.lan"),
                Optional.empty(), Optional.of(5002));
        files.keep(wish);
        assertThat(files.wish()).contains(wish);
        files.forgetWish();
        assertThat(files.wish()).isEmpty();
    }

    @Test
    void eachFailureWaitsLongerAndNoShorterThanTheAuthoritySays() {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        RenewalState state = RenewalState.WELL;
        for (String next : List.of("12:15:00", "12:30:00", "13:00:00", "14:00:00", "16:00:00", "20:00:00", "20:00:00")) {
            state = state.failed(new AcmeException("It\nfailed.", false, null, null), now);
            assertThat(state.notBefore()).isEqualTo("2026-03-01T" + next + "Z");
        }
        files.keep(state);
        assertThat(files.state()).isEqualTo(new RenewalState(state.notBefore(), 7, "It failed."));
        assertThat(RenewalState.WELL.failed(new AcmeException("No.", false, now.plus(Duration.ofDays(2)), null), now).notBefore())
                .isEqualTo("2026-03-03T12:00:00Z");
    }

    @Test
    void whatCannotBeForeseenIsNotTriedEachMinuteAndASuccessIsNotFollowedByAnother() throws IOException {
        files.keep(new AcmeWish(URI.create("none:directory"), Optional.empty(), List.of("a.lan"), Optional.empty(), Optional.of(1)));
        Settings settings = new Settings(key -> Optional.of(key.endsWith("enabled") ? "false" : key.endsWith("port") ? "8" + key.length()
                : key.equals("wallwhale.data-dir") ? folder.toString() : ""));
        new ServerCertificate(new TlsConfig(settings), files).renew();
        RenewalState failed = files.state();
        assertThat(failed.failures()).isEqualTo(1);
        assertThat(failed.isWaiting(Instant.now())).isTrue();
        Instant now = Instant.now();
        assertThat(RenewalState.renewed(now).isWaiting(now.plus(Duration.ofHours(1)))).isTrue();
        assertThat(RenewalState.renewed(now.plus(Duration.ofDays(3650))).isWaiting(now)).as("by a clock that was wrong").isFalse();
        RenewalState patient = RenewalState.WELL.failed(new AcmeException("No.", false, now.plus(Duration.ofDays(90)), null), now);
        assertThat(patient.isWaiting(now.plus(Duration.ofDays(6)))).isTrue();
        assertThat(patient.isWaiting(now.plus(Duration.ofDays(8)))).isFalse();
    }

    @Test
    void challengesHaveNamesOfTokensAlone() {
        ChallengeFiles challenges = new ChallengeFiles(files.challenges());
        challenges.put("a-Token_1", "the answer");
        assertThat(challenges.find("a-Token_1")).contains("the answer");
        assertThat(challenges.find("../secrets/server.pem")).isEmpty();
        assertThat(challenges.find("")).isEmpty();
        assertThatThrownBy(() -> challenges.put("../outside", "x")).isInstanceOf(IllegalArgumentException.class);
        challenges.remove("a-Token_1");
        assertThat(challenges.find("a-Token_1")).isEmpty();
    }

    @Test
    void namesAreTakenAsPeopleWriteThem() {
        assertThat(HostNames.parse(" Files.Example.ORG ")).isEqualTo("files.example.org");
        assertThat(HostNames.parse("bücher.example")).isEqualTo("xn--bcher-kva.example");
        assertThat(HostNames.parse("[2001:DB8::7]")).isEqualTo("2001:db8::7");
        for (String wrong : List.of("", "a b", "a..b", "-a.lan", "http://a.lan", "a.lan:443", "999.1.1.1", "*", "*.*.lan", "a/b")) {
            assertThatThrownBy(() -> HostNames.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
