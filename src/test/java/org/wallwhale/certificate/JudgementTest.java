package org.wallwhale.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgementTest {
    /** When all is made. */
    private static final Instant NOW = Instant.now().plusSeconds(60);
    @TempDir
    private static Path folder;
    private static Path root;
    private static Path middle;
    private static Path leaf;

    @BeforeAll
    static void issue() {
        OpenSsl openssl = new OpenSsl(folder);
        root = openssl.authority("root", 3000);
        middle = openssl.certificate("middle", "root", 40, "basicConstraints=critical,CA:TRUE", "keyUsage=keyCertSign");
        leaf = openssl.certificate("leaf", "middle", 90, "subjectAltName=DNS:files.example.org,DNS:*.lan,IP:192.0.2.7", "extendedKeyUsage=serverAuth");
    }

    private static Judgement judged(Instant now, List<String> wanted, Path... files) {
        List<X509Certificate> chain = Pem.certificates(new OpenSsl(folder).joined("chain.pem", files));
        return Judgement.of(chain, wanted, Pem.certificates(root), Duration.ofDays(21), now);
    }

    @Test
    void aGoodChainHasNoTrouble() {
        Judgement good = judged(NOW, List.of("files.example.org", "nas.lan", "192.0.2.7"), leaf, middle);
        assertThat(good.troubles()).isEmpty();
        assertThat(good.names()).containsExactly("files.example.org", "*.lan", "192.0.2.7");
        assertThat(good.selfSigned()).isFalse();
    }

    @Test
    void itEndsWithTheFirstOfItsChainButNotWithARootThatIsSentAlong() {
        Instant middleEnds = Pem.certificates(middle).get(0).getNotAfter().toInstant();
        assertThat(judged(NOW, List.of(), leaf, middle, root).expires()).isEqualTo(middleEnds);
        Path stranger = new OpenSsl(folder).certificate("stranger", "root", 5, "basicConstraints=critical,CA:TRUE");
        assertThat(judged(NOW, List.of(), leaf, middle, stranger).expires()).as("one that vouches for none of them").isEqualTo(middleEnds);
        assertThat(judged(middleEnds.minus(Duration.ofDays(5)), List.of(), leaf, middle).troubles())
                .singleElement().asString().contains("certificate of its chain, CN=middle, which expires on " + middleEnds + ", in 5 days.");
        assertThat(judged(middleEnds, List.of(), leaf, middle).troubles()).singleElement().asString().contains("expired on " + middleEnds);
    }

    @Test
    void namesThatItIsNotForAreTold() {
        assertThat(judged(NOW, List.of("example.org", "a.b.lan", "lan", "192.0.2.8"), leaf, middle).troubles()).hasSize(4)
                .allMatch(trouble -> trouble.startsWith("It is not for "));
    }

    @Test
    void aMissingOrMisplacedIntermediateIsTold() {
        assertThat(judged(NOW, List.of(), leaf).troubles()).singleElement().asString().contains("No authority that is trusted here",
                "no intermediate certificate came with it");
        assertThat(judged(NOW, List.of(), leaf, root, middle).troubles()).singleElement().asString().contains("out of order",
                "CN=root does not vouch for CN=leaf");
    }

    @Test
    void anotherAuthorityThanTheTrustedOnesIsTold() {
        Path other = new OpenSsl(folder).authority("other", 30);
        assertThat(Judgement.of(Pem.certificates(new OpenSsl(folder).joined("chain.pem", leaf, middle)), List.of(), Pem.certificates(other),
                Duration.ZERO, NOW).troubles()).singleElement().asString().contains("No authority that is trusted here");
    }

    @Test
    void oneThatIsNotGoodYetIsTold() {
        assertThat(judged(NOW.minus(Duration.ofDays(2)), List.of(), leaf, middle).troubles()).anyMatch(trouble -> trouble.startsWith("It is not good before "));
    }

    @Test
    void aSelfSignedOneIsJudgedByItself() {
        List<X509Certificate> one = Making.selfSigned(List.of("a.lan"), Duration.ofDays(30), NOW).chain();
        List<X509Certificate> another = Making.selfSigned(List.of("a.lan"), Duration.ofDays(30), NOW).chain();
        assertThat(Judgement.of(one, List.of("a.lan"), List.of(), Duration.ZERO, NOW).troubles()).isEmpty();
        assertThat(Judgement.of(one, List.of("a.lan"), one, Duration.ZERO, NOW).troubles()).isEmpty();
        assertThat(Judgement.of(one, List.of("a.lan"), another, Duration.ZERO, NOW).troubles()).containsExactly("It is self-signed, and not the one that is trusted.");
    }

    @Test
    void itIsDueWhenAThirdOfItsTimeIsLeft() {
        Judgement made = Judgement.of(Making.selfSigned(List.of("a.lan"), Duration.ofDays(90), NOW).chain(), List.of(), List.of(), Duration.ZERO, NOW);
        assertThat(made.isDue(NOW.plus(Duration.ofDays(59)))).isFalse();
        assertThat(made.isDue(NOW.plus(Duration.ofDays(61)))).isTrue();
    }
}
