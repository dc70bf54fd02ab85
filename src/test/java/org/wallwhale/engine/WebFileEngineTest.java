package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetches from a web server on this machine. */
class WebFileEngineTest {
    private static final byte[] FILE = bytes(3_000_000);
    @TempDir
    private Path folder;
    private final WebFileServer server = new WebFileServer();
    private final Witness witness = new Witness();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aFileIsFetchedWithItsFoldersAndItsProgress() throws Exception {
        Outcome outcome = fetch(server.file("/ugc/1/", FILE), "maps/a.vpk", FILE.length);
        assertThat(outcome).isEqualTo(new Outcome.Fetched(List.of(new FetchedFile("maps/a.vpk", FILE.length)), "", 0));
        assertThat(folder.resolve("target/content/maps/a.vpk")).hasBinaryContent(FILE);
        assertThat(witness.progress).last().isEqualTo(new Progress(FILE.length, FILE.length, 0, 0, 100));
        assertThat(witness.phases).containsExactly(FetchPhase.DOWNLOADING, FetchPhase.VERIFYING);
    }

    @Test
    void whatBrokeOffGoesOnWhereItWas() throws Exception {
        String address = server.file("/a", FILE);
        server.breakAfter(1_000_000);
        assertThat(failure(fetch(address, "a", FILE.length))).isEqualTo(Reason.CONTENT_SERVER_REFUSED);
        long first = Files.size(part());
        assertThat(first).isPositive();
        server.breakAfter(Integer.MAX_VALUE);
        assertThat(fetch(address, "a", FILE.length)).isInstanceOf(Outcome.Fetched.class);
        assertThat(server.requests()).containsExactly("/a", "/a bytes=" + first + "-");
        assertThat(folder.resolve("target/content/a")).hasBinaryContent(FILE);
    }

    @Test
    void aPartOfAnotherVersionIsFetchedAnew() throws Exception {
        server.breakAfter(1_000_000);
        fetch(server.file("/a", FILE), "a", FILE.length);
        server.breakAfter(Integer.MAX_VALUE);
        byte[] newer = bytes(2_000_000);
        assertThat(fetch(server.file("/a", newer), "a", newer.length)).isInstanceOf(Outcome.Fetched.class);
        assertThat(folder.resolve("target/content/a")).hasBinaryContent(newer);
    }

    @Test
    void aWholeFileThatNobodyTookIsNotFetchedAgain() throws Exception {
        String address = server.file("/a", FILE);
        fetch(address, "a", FILE.length);
        folder.resolve("target/content/a").toFile().setReadOnly();
        assertThat(fetch(address, "a", FILE.length)).isInstanceOf(Outcome.Fetched.class);
        assertThat(server.requests()).containsExactly("/a", "/a bytes=" + FILE.length + "-");
        assertThat(folder.resolve("target/content/a")).hasBinaryContent(FILE);
    }

    @Test
    void aSizeThatSteamDoesNotTellIsNoContent() throws Exception {
        String address = server.file("/a", FILE);
        assertThat(failure(fetch(address, "a", FILE.length + 1))).isEqualTo(Reason.INCOMPLETE_CONTENT);
        assertThat(failure(fetch(address, "a", FILE.length - 1))).isEqualTo(Reason.INCOMPLETE_CONTENT);
        assertThat(fetch(address, "a", -1)).isInstanceOf(Outcome.Fetched.class);
    }

    @Test
    void theHashInTheAddressMustBeThatOfTheFile() throws Exception {
        String sha1 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(FILE)).toUpperCase();
        assertThat(fetch(server.file("/ugc/1/" + sha1 + "/", FILE), "a", -1)).isInstanceOf(Outcome.Fetched.class);
        assertThat(failure(fetch(server.file("/ugc/2/" + sha1 + "/", bytes(10)), "b", -1))).isEqualTo(Reason.INCOMPLETE_CONTENT);
        assertThat(folder.resolve("target/content/b")).doesNotExist();
    }

    @Test
    void aCancelEndsItInTheMiddleAndNothingIsWrittenAfterwards() throws Exception {
        server.holdBack();
        witness.stop = () -> witness.progress.isEmpty() ? Optional.empty() : Optional.of(Stop.CANCELED);
        assertThat(failure(fetch(server.file("/a", FILE), "a", FILE.length))).isEqualTo(Reason.STOPPED);
        assertThat(witness.progress.get(0).percent()).isBetween(0, 99);
    }

    @Test
    void whatStandsStillIsEnded() throws Exception {
        server.holdBack();
        assertThat(failure(fetch(server.file("/a", FILE), "a", FILE.length))).isEqualTo(Reason.STALLED);
    }

    @Test
    void aFileOfUnknownLengthGoesNoFurtherThanTheMarkAtWhichNothingIsStarted() throws Exception {
        server.holdBack();
        server.hideLength();
        long mark = 1L << 30;
        Outcome outcome = new WebFileEngine(config(), disk -> mark - 1).fetch(wish(server.file("/a", FILE), "a", -1), witness);
        assertThat(outcome).isEqualTo(new Outcome.NotFetched(Reason.DISK_FULL,
                "The disk has no room for the file of this item: it lacks 1 bytes.", -1));
    }

    @Test
    void aFileOfUnknownLengthIsFetchedAboveTheMark() throws Exception {
        server.hideLength();
        assertThat(new WebFileEngine(config(), disk -> 1L << 30).fetch(wish(server.file("/a", FILE), "a", -1), witness))
                .isInstanceOf(Outcome.Fetched.class);
    }

    @Test
    void whatComesIsNeverMoreThanSteamTells() throws Exception {
        server.hideLength();
        assertThat(failure(fetch(server.file("/a", FILE), "a", FILE.length - 1))).isEqualTo(Reason.INCOMPLETE_CONTENT);
        assertThat(failure(fetch(server.file("/b", FILE), "b", FILE.length + 1))).isEqualTo(Reason.INCOMPLETE_CONTENT);
    }

    @Test
    void byDefaultOnlyHostsOfSteamAreAsked() throws Exception {
        Properties defaults = new Properties();
        try (InputStream file = WebFileEngine.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            defaults.load(file);
        }
        String entries = defaults.getProperty("wallwhale.engine.web-file-hosts");
        WebFileHosts hosts = new WebFileHosts(List.of(entries.split(",")));
        assertThatThrownBy(() -> hosts.checked("https://someone-a.akamaihd.net/ugc/1/")).isInstanceOf(RefusedAddressException.class);
        assertThat(hosts.checked("https://steamusercontent-a.akamaihd.net/ugc/1/").getHost()).isEqualTo("steamusercontent-a.akamaihd.net");
        assertThat(hosts.checked("https://steamuserimages-a.akamaihd.net/ugc/1/").getHost()).isEqualTo("steamuserimages-a.akamaihd.net");
    }

    @Test
    void aRedirectIsFollowedOnlyToWhereMayBeAsked() throws Exception {
        server.file("/b", FILE);
        assertThat(fetch(server.redirect("/a", "/b"), "a", FILE.length)).isInstanceOf(Outcome.Fetched.class);
        assertThat(failure(fetch(server.redirect("/c", "http://127.0.0.2:" + 1 + "/b"), "c", -1))).isEqualTo(Reason.WEB_SERVER_NOT_ALLOWED);
        assertThat(failure(fetch(server.redirect("/d", "file:///etc/passwd"), "d", -1))).isEqualTo(Reason.WEB_SERVER_NOT_ALLOWED);
        assertThat(failure(fetch(server.redirect("/e", "/e"), "e", -1))).isEqualTo(Reason.CONTENT_SERVER_REFUSED);
        assertThat(failure(fetch(server.origin() + "/none", "f", -1))).isEqualTo(Reason.CONTENT_SERVER_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1/", "https://localhost/", "https://evil.example/", "https://steamusercontent.com.evil.example/",
        "https://u:p@x.steamusercontent.com/", "https://x.steamusercontent.com:22/", "ftp://x.steamusercontent.com/", "https:///a", "a b", "",
        "https://evil.example#.steamusercontent.com/", "http://127.0.0.1:1/"})
    void whoIsNotOnTheListIsNotAsked(String address) throws Exception {
        assertThat(failure(fetch(address, "a", -1))).isEqualTo(Reason.WEB_SERVER_NOT_ALLOWED);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aListedNameWithAnAddressOfThisMachineIsNotAsked() {
        WebFileHosts hosts = new WebFileHosts(List.of("localhost.localdomain", "localhost", "*.steamusercontent.com"));
        assertThat(WebFileHosts.isEntry("localhost")).isFalse();
        assertThatThrownBy(() -> hosts.checked("https://localhost/a")).hasMessageContaining("private network");
    }

    @Test
    void plainHttpIsRaisedToHttps() throws Exception {
        WebFileHosts hosts = new WebFileHosts(List.of("*.invalid"));
        assertThat(hosts.checked("http://cloud.invalid/ugc/1/")).hasToString("https://cloud.invalid/ugc/1/");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, false", "10.1.2.3, false", "172.16.0.1, false", "192.168.1.1, false", "169.254.169.254, false", "100.64.0.1, false",
        "0.0.0.0, false", "224.0.0.1, false", "255.255.255.255, false", "::1, false", "fe80::1, false", "fd00::1, false", "::ffff:127.0.0.1, false",
        "::7f00:1, false", "8.8.8.8, true", "2606:4700::1, true"})
    void privateAddressesAreTold(String address, boolean isPublic) throws IOException {
        assertThat(WebFileHosts.isPublic(InetAddress.getByName(address))).isEqualTo(isPublic);
    }

    @ParameterizedTest
    @CsvSource({"a.vpk, a.vpk", "../../etc/passwd, etc/passwd", "/abs/x, abs/x", "a\\..\\b, a/b", "'', 7", "..., 7", "a/./b//c, a/b/c",
        "'C:\\x', C/x", "'a\u0000\u202Eb\nc', abc"})
    void aNameNeverLeavesItsFolder(String name, String path) {
        assertThat(WebFileName.cleaned(name, "7")).isEqualTo(path);
    }

    private Outcome fetch(String address, String name, long size) throws InterruptedException {
        return new WebFileEngine(config()).fetch(wish(address, name, size), witness);
    }

    private EngineConfig config() {
        return Engines.config(folder, Map.of("wallwhale.engine.stall-after-seconds", "2",
                "wallwhale.engine.web-file-hosts", "*.steamusercontent.com, " + server.origin()));
    }

    private WebFileFetch wish(String address, String name, long size) {
        return new WebFileFetch(address, name, "7", size, folder.resolve("target"), Duration.ofSeconds(60));
    }

    private Path part() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("target/web"))) {
            return all.filter(path -> path.toString().endsWith(".part")).findFirst().orElseThrow();
        }
    }

    private static Reason failure(Outcome outcome) {
        return ((Outcome.NotFetched) outcome).reason();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
