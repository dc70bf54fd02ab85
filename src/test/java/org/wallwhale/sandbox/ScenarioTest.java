package org.wallwhale.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {
    private static final String BANNER = "SANDBOX: this is a scripted stand-in, nothing is downloaded from Steam.\n";
    private static final String SCENE = "scenes/Größe 壁紙.pkg";

    @TempDir
    Path folder;
    private Program program;

    @BeforeEach
    void prepare() throws IOException {
        program = new Program(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            00 | 0   | 3 | from 1 depots
            02 | 0   | 1 | 100.00%
            04 | 0   | 1 | Downloading wallpaper-3704.pkg
            05 | 0   | 3 | from 1 depots
            06 | 137 | 3 | Pre-allocating
            07 | 0   | 4 | from 1 depots
            08 | 0   | 3 | System.Net.Http.RequestStart(
            13 | 1   | 0 | Error: InitializeSteam failed
            14 | 1   | 0 | Error: InitializeSteam failed
            15 | 1   | 0 | Access token was rejected (Expired).
            16 | 1   | 0 | Could not connect to Steam after 10 tries
            17 | 0   | 3 | Lost connection to Steam. Reconnecting
            18 | 0   | 3 | from 1 depots
            20 | 1   | 0 | App 431960 (Some Game) is not available from this account.
            21 | 0   | 0 | Depot 431960 is not available from this account.
            22 | 0   | 0 | No valid depot key for 431960, unable to download.
            23 | 0   | 0 | Unable to locate manifest ID for published file 3723
            24 | 134 | 0 | EResult 15 (AccessDenied) while retrieving file details for pubfile 3724.
            25 | 0   | 1 | Downloading preview.jpg
            26 | 1   | 0 | No manifest request code was returned for depot 431960 from app 431960
            27 | 1   | 0 | Encountered 404 for depot manifest 431960
            28 | 1   | 0 | A task was canceled.
            30 | 0   | 3 | Connection refused (cache1-fra1.steamcontent.com:443)
            31 | 1   | 3 | Failed to find any server with chunk
            41 | 0   | 3 | from 1 depots
            42 | 0   | 4 | from 1 depots
            43 | 1   | 5 | App 431960 was not completely downloaded.
            50 | 134 | 3 | Object reference not set to an instance of an object.
            51 | 134 | 0 | SANDBOX
            52 | 139 | 3 | Pre-allocating
            56 | 134 | 3 | No space left on device
            57 | 1   | 2 | Disk quota exceeded
            58 | 0   | 0 | Error: Unable to create install directories!
            59 | 0   | 0 | from 1 depots
            60 | 0   | 4 | from 1 depots
            62 | 0   | 3 | Downloading depot manifest... Got manifest request code for 431960
            63 | 134 | 0 | Access to the path
            77 | 0   | 3 | from 1 depots
            """)
    void endsAsScripted(String digits, int status, int files, String line) throws IOException {
        Program.Result result = program.download(digits, "");
        assertThat(result.status()).as(result.toString()).isEqualTo(status);
        assertThat(result.out()).startsWith(BANNER).contains(line);
        assertThat(content()).hasSize(files);
    }

    @Test
    void aSmallItemSaysExactlyWhatTheToolSays() throws IOException {
        program.knob("manifest", "123");
        assertThat(program.download("00", "").out()).isEqualTo(BANNER + """
                No username given. Using anonymous account with dedicated server subscription.
                Connecting to Steam3... Done!
                Logging anonymously into Steam3... Done!
                Using Steam3 suggested CellID: 52
                Got AppInfo for 431960
                Got depot key for 431960 result: OK

                Processing depot 431960
                Downloading depot 431960 manifest
                Got manifest request code for depot 431960 from app 431960, manifest 123, result: 4711471147114711
                Manifest 123 (01/31/2026 12:34:56)
                Downloading depot 431960
                Pre-allocating {D}/project.json
                Pre-allocating {D}/preview.gif
                Pre-allocating {D}/scenes/Größe 壁紙.pkg
                 00.01% {D}/project.json
                100.00% {D}/scenes/Größe 壁紙.pkg
                Depot 431960 - Downloaded 3670237 bytes (4194556 bytes uncompressed)
                Total downloaded: 3670237 bytes (4194556 bytes uncompressed) from 1 depots
                Disconnected from Steam
                """.replace("{D}", program.target.toString()));
        assertThat(Files.readString(program.file("project.json"))).startsWith("{").contains("nothing here came from Steam");
        assertThat(program.file("preview.gif")).isEmptyFile();
    }

    @Test
    void theSameItemHasTheSameBytesAndNoChunkOfZeros() throws IOException {
        program.download("00", "");
        Program again = new Program(folder.resolve("again"));
        again.download("00", "");
        byte[] scene = Files.readAllBytes(program.file(SCENE));
        assertThat(scene).isEqualTo(Files.readAllBytes(again.file(SCENE)));
        assertThat(chunksOfZeros(scene)).isZero();
    }

    @Test
    void aSeedChangesTheBytesAndTheManifest() throws IOException {
        program.download("00", "");
        Program other = new Program(folder.resolve("other")).knob("seed", "1");
        other.download("00", "");
        assertThat(Files.readAllBytes(program.file(SCENE))).isNotEqualTo(Files.readAllBytes(other.file(SCENE)));
        assertThat(program.file(".DepotDownloader").toFile().list()).isNotEqualTo(other.file(".DepotDownloader").toFile().list());
    }

    @Test
    void theFilesOfALargeItemFinishNearlyInOrder() throws IOException {
        program.knob("files", "200").knob("size", "100000").knob("delay_ms", "0");
        Program.Result result = program.download("01", "");
        List<String> finished = result.out().lines().filter(line -> line.contains("% ") && line.endsWith(".tex"))
                .map(line -> line.substring(line.lastIndexOf('/') + 1)).toList();
        assertThat(finished).hasSize(197).isNotEqualTo(List.copyOf(new TreeSet<>(finished)));
        for (int place = 0; place < finished.size(); place++) {
            int number = Integer.parseInt(finished.get(place).substring(0, 7)) - 1_000_000;
            assertThat(number - place).as(finished.get(place)).isBetween(-5, 6);
        }
        assertThat(content()).hasSize(200);
    }

    @Test
    void namesThatAreNoUtf8KeepTheirBytesInTheTextAndNotOnTheDisk() throws IOException {
        Program.Running running = program.start("42");
        running.finish();
        String bytes = Files.readString(running.out, StandardCharsets.ISO_8859_1);
        assertThat(bytes)
                .contains("/scenes/a\u00C3(b.pkg\n", "/\u00FF\u00FE-1.pkg\n", "nul\0nul", "before\rafter", "\33]9;4;1;50\7");
        assertThat(content()).contains("scenes/a\uFFFD(b.pkg", "\uFFFD\uFFFD-1.pkg");
    }

    @Test
    void namesWithLineBreaksImitateTheTool() throws IOException {
        String out = program.download("43", "").out();
        assertThat(out.lines()).anyMatch(line -> line.startsWith("Total downloaded: 1048576"))
                .anyMatch(line -> line.startsWith("STEAM GUARD! Please enter")).anyMatch(line -> line.startsWith("100.00% x"));
    }

    @Test
    void aLongLineHasTenMegabytes() throws IOException {
        assertThat(program.download("41", "").out().lines().mapToInt(String::length).max().orElse(0)).isGreaterThan(10_000_000);
    }

    @Test
    void aFileEscapesAndALinkPointsOutside() throws IOException {
        assertThat(program.download("44", "").status()).isZero();
        assertThat(folder.resolve("escape.txt")).isNotEmptyFile();
        assertThat(program.file("link")).isSymbolicLink();
        assertThat(program.file("readme.txt")).isRegularFile();
    }

    @Test
    void aShortItemLacksAByteAndHasAFileOfNothing() throws IOException {
        program.download("60", "");
        assertThat(program.file(SCENE)).hasSize((1 << 20) - 1);
        assertThat(Files.readAllBytes(program.file("scenes/layers/1000001.tex"))).isEqualTo(new byte[1 << 20]);
    }

    @Test
    void theOldVersionWritesCommas() throws IOException {
        assertThat(program.download("62", "").out())
                .contains("100,00% ").contains("(31.01.2026 12:34:56)").doesNotContain("100.00% ");
    }

    @Test
    void theBookkeepingNamesTheManifestInTheRealFormat() throws Exception {
        program.knob("manifest", "18446744073709551614");
        program.download("00", "");
        DepotConfig config = DepotConfig.load(program.file(".DepotDownloader/depot.config"));
        assertThat(config.installed(431960)).isEqualTo(-2L);
        assertThat(program.file(".DepotDownloader/431960_18446744073709551614.manifest")).isNotEmptyFile();
        assertThat(program.file(".DepotDownloader/431960_18446744073709551614.manifest.sha")).hasSize(20);
        assertThat(program.file(".DepotDownloader/staging")).isDirectory();
    }

    @Test
    void aScenarioIsChosenByNameAndByMap() throws IOException {
        program.knob("scenario", "item-missing");
        assertThat(program.download("00", "").out()).contains("Unable to locate manifest ID");
        Program mapped = new Program(folder.resolve("mapped"));
        Path map = Files.writeString(folder.resolve("map"), "3700=ok-single;size=1000\n");
        mapped.environment("WALLWHALE_SANDBOX_MAP", map.toString());
        mapped.download("00", "");
        assertThat(mapped.file("wallpaper.mp4")).hasSize(1000);
    }

    @Test
    void aScenarioThatDoesNotExistIsRefused() throws IOException {
        program.knob("scenario", "no-such-thing");
        Program.Result result = program.download("00", "");
        assertThat(result.status()).isEqualTo(64);
        assertThat(result.err()).isEqualTo("SANDBOX: No scenario is called 'no-such-thing'.\n");
    }

    private List<String> content() throws IOException {
        if (!Files.exists(program.target)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(program.target)) {
            return paths.filter(Files::isRegularFile).map(path -> program.target.relativize(path).toString())
                    .filter(name -> !name.startsWith(".DepotDownloader")).toList();
        }
    }

    static int chunksOfZeros(byte[] content) {
        int zeros = 0;
        for (int start = 0; start < content.length; start += Content.CHUNK) {
            int at = start;
            while (at < Math.min(content.length, start + Content.CHUNK) && content[at] == 0) {
                at++;
            }
            zeros += at == Math.min(content.length, start + Content.CHUNK) ? 1 : 0;
        }
        return zeros;
    }
}
