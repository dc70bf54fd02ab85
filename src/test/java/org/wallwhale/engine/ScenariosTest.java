package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wallwhale.secret.Secret;

/** Every scenario of the sandbox, end to end: what the engine makes of it. */
@Execution(ExecutionMode.CONCURRENT)
class ScenariosTest {
    private static final String SHA = "[0-9a-f]{40}";

    @TempDir
    static Path shared;
    private static DepotDownloader engine;
    private static DepotDownloader patientEngine;
    private static ScheduledExecutorService heart;
    private static ScheduledExecutorService patientHeart;

    @BeforeAll
    static void startTheHeart() {
        engine = new DepotDownloader(Engines.config(shared, Map.of("wallwhale.engine.stall-after-seconds", "4",
                "wallwhale.engine.login-stall-after-seconds", "4")));
        heart = Engines.beating(engine);
        // A busy machine must not make a stall out of an item that merely takes its time.
        patientEngine = new DepotDownloader(Engines.config(shared, Map.of()));
        patientHeart = Engines.beating(patientEngine);
    }

    @AfterAll
    static void stopTheHeart() throws InterruptedException {
        Engines.stop(heart);
        Engines.stop(patientHeart);
    }

    /**
     * @param number the item's last two digits
     * @param reasons of each run in turn; null stands for content
     * @param files how many files the content has after the last run, or -1 if it was not fetched
     * @param line a pattern that one of the lines matches
     */
    record Scenario(int number, List<Optional<Reason>> reasons, int files, String line, boolean login, boolean web,
            Function<Prompt, Optional<String>> answer) {
        static Scenario ok(int number, int files, String line) {
            return new Scenario(number, List.of(Optional.empty()), files, line, false, false, prompt -> Optional.empty());
        }

        static Scenario fails(int number, Reason reason, String line) {
            return new Scenario(number, List.of(Optional.of(reason)), -1, line, false, false, prompt -> Optional.empty());
        }

        Scenario first(Reason reason) {
            return new Scenario(number, List.of(Optional.of(reason), reasons.get(0)), files, line, login, web, answer);
        }

        Scenario twice() {
            return new Scenario(number, List.of(reasons.get(0), reasons.get(0)), files, line, login, web, answer);
        }

        Scenario withLogin() {
            return new Scenario(number, reasons, files, line, true, web, answer);
        }

        Scenario ofTheWeb() {
            return new Scenario(number, reasons, files, line, login, true, answer);
        }

        Scenario answering(Function<Prompt, Optional<String>> answers) {
            return new Scenario(number, reasons, files, line, true, web, answers);
        }

        boolean hangs() {
            return reasons.stream().flatMap(Optional::stream).anyMatch(Set.of(Reason.STALLED, Reason.STEAM_TIMEOUT)::contains);
        }

        @Override
        public String toString() {
            return "%02d %s%s".formatted(number, reasons, login ? " with login" : "");
        }
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(
                Scenario.ok(3, 3, "Got AppInfo for 431960"),
                Scenario.ok(0, 3, "Pre-allocating scenes/Größe 壁紙.pkg"),
                Scenario.ok(0, 3, "Got 128 licenses for account!").withLogin(),
                Scenario.ok(1, 2000, "… \\d+ lines left out"),
                Scenario.ok(2, 1, "100.00% wallpaper.mp4"),
                Scenario.ok(4, 1, "Downloading wallpaper-\\d+\\.pkg").ofTheWeb(),
                Scenario.fails(4, Reason.COLLECTION, "Downloading wallpaper-\\d+\\.pkg"),
                Scenario.ok(5, 3, "Already have manifest .*").twice(),
                Scenario.ok(6, 3, "Validating project.json").first(Reason.KILLED),
                Scenario.ok(7, 4, "Manifest \\d+ .*"),
                Scenario.ok(8, 3, "12:00:00.0000000  System.Net.*"),
                Scenario.ok(10, 3, "STEAM GUARD! Please enter your 2-factor.*").answering(prompt -> Optional.of(" AAAAA\n")),
                Scenario.ok(10, 3, "The previous 2-factor auth code you have provided is incorrect.")
                        .answering(prompt -> Optional.of(prompt.attempt() == 1 ? "XXXXX" : "AAAAA")),
                Scenario.fails(10, Reason.GUARD_CODE_WRONG, "The previous 2-factor.*").answering(prompt -> Optional.of("XXXXX")),
                Scenario.fails(10, Reason.GUARD_CODE_NEEDED, "STEAM GUARD! .*").withLogin(),
                Scenario.ok(11, 3, "STEAM GUARD! .* email at j\\*\\*\\*@e\\*\\*\\*.com: ").answering(prompt ->
                        Optional.of("BBBBB").filter(code -> prompt.equals(
                                new Prompt(Prompt.Kind.EMAIL_CODE, "j***@e***.com", 1)))),
                Scenario.fails(12, Reason.MOBILE_APPROVAL_MISSING, "STEAM GUARD! Use the Steam Mobile App.*").withLogin(),
                Scenario.fails(13, Reason.WRONG_PASSWORD, ".*InvalidPassword.").withLogin(),
                Scenario.fails(14, Reason.RATE_LIMITED, ".*RateLimitExceeded.").withLogin(),
                Scenario.fails(15, Reason.SESSION_EXPIRED, "Access token was rejected.*").withLogin(),
                Scenario.fails(16, Reason.STEAM_UNREACHABLE, "Could not connect to Steam after 10 tries"),
                Scenario.ok(17, 3, "Lost connection to Steam. Reconnecting"),
                // The code is drawn only under -qr, which the engine never uses: this is an ordinary item.
                Scenario.ok(18, 3, "Disconnected from Steam"),
                Scenario.fails(20, Reason.NOT_OWNED, "App 431960 .* is not available from this account\\."),
                Scenario.fails(21, Reason.NOT_OWNED, "Total downloaded: 0 bytes .* from 0 depots"),
                Scenario.fails(22, Reason.KEY_REFUSED, "No valid depot key .*"),
                Scenario.fails(23, Reason.ITEM_NOT_FOUND, "Unable to locate manifest ID .*"),
                Scenario.fails(24, Reason.ITEM_DENIED, "Unhandled exception.*"),
                Scenario.fails(25, Reason.COLLECTION, "Downloading preview.jpg"),
                Scenario.fails(26, Reason.VERSION_UNAVAILABLE, "No manifest request code.*"),
                Scenario.fails(27, Reason.CONTENT_SERVER_REFUSED, "Encountered 404 for depot manifest .*"),
                Scenario.fails(28, Reason.STEAM_TIMEOUT, "A task was canceled."),
                Scenario.ok(30, 3, "Connection timeout downloading chunk " + SHA),
                Scenario.fails(31, Reason.CONTENT_SERVER_REFUSED, "Encountered 401 for chunk .*"),
                Scenario.fails(32, Reason.STALLED, "Encountered error downloading chunk " + SHA + ": NotFound"),
                Scenario.fails(33, Reason.STALLED, "Got CDN auth token .*"),
                Scenario.fails(34, Reason.STEAM_TIMEOUT, "Connecting to Steam3..."),
                Scenario.fails(35, Reason.STALLED, "Downloading depot 431960"),
                Scenario.fails(36, Reason.STALLED, "Downloading wallpaper.*").ofTheWeb(),
                Scenario.fails(36, Reason.COLLECTION, "Downloading wallpaper.*"),
                Scenario.fails(40, Reason.STALLED, "… \\d{4,} lines left out"),
                Scenario.ok(41, 3, "(?:long )+.* … \\d{6,} bytes left out"),
                Scenario.ok(42, 4, "\uFFFD\\( \uFFFD\uFFFD"),
                Scenario.ok(42, 4, "red"),
                Scenario.fails(43, Reason.STEAM_TIMEOUT, "App 431960 was not completely downloaded.").withLogin(),
                Scenario.fails(44, Reason.UNSAFE_CONTENT, "Downloading ../escape.txt").ofTheWeb(),
                Scenario.fails(50, Reason.TOOL_CRASHED, "Unhandled exception. System.NullReferenceException.*"),
                Scenario.fails(51, Reason.TOOL_CRASHED, "Unhandled exception.*"),
                Scenario.fails(52, Reason.TOOL_CRASHED, "Downloading depot .*"),
                Scenario.fails(53, Reason.STALLED, "Connection timeout downloading chunk " + SHA),
                Scenario.ok(54, 3, "Disconnected from Steam"),
                Scenario.ok(55, 3, "Processing depot .*"),
                Scenario.fails(56, Reason.DISK_FULL, "Download failed .*No space left on device : 'scenes/.*'"),
                Scenario.fails(57, Reason.DISK_FULL, "Failed to allocate file .*"),
                Scenario.fails(58, Reason.NOT_WRITABLE, "Error: Unable to create install directories!"),
                Scenario.fails(59, Reason.EMPTY_RESULT, "Total downloaded: .* from 1 depots"),
                Scenario.fails(60, Reason.INCOMPLETE_CONTENT, "Total downloaded: .* from 1 depots"),
                Scenario.ok(61, 3, "… \\d+ lines left out"),
                Scenario.ok(62, 3, " Done!"),
                Scenario.fails(63, Reason.NOT_WRITABLE, "Unhandled exception.*"),
                Scenario.ok(99, 3, "Disconnected from Steam"));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void endsAsItShould(Scenario scenario, @TempDir Path folder) throws Exception {
        Witness witness = new Witness();
        witness.answer = scenario.answer;
        Fetch fetch = fetch(scenario, folder);
        Outcome outcome = null;
        for (Optional<Reason> expected : scenario.reasons) {
            witness.lines.clear();
            witness.progress.clear();
            outcome = (scenario.hangs() ? engine : patientEngine).fetch(fetch, witness);
            assertThat(reason(outcome)).as("%s%n%s", outcome, String.join("\n", witness.lines)).isEqualTo(expected);
            assertThat(witness.child.isAlive()).isFalse();
        }
        assertThat(witness.lines).anyMatch(line -> line.matches(scenario.line));
        assertThat(witness.lines).noneMatch(line -> line.contains(folder.toString()));
        assertThat(witness.lines).hasSizeLessThan(500);
        assertThat(witness.progress).extracting(Progress::percent).isSorted();
        if (outcome instanceof Outcome.Fetched fetched) {
            assertThat(fetched.files()).hasSize(scenario.files).isEqualTo(onDisk(fetch.content()));
            assertThat(fetched.version()).matches(scenario.web ? "" : "\\d{19}");
        } else {
            assertThat(((Outcome.NotFetched) outcome).detail()).endsWith(".").doesNotContain(folder.toString());
        }
    }

    private static Fetch fetch(Scenario scenario, Path folder) throws IOException {
        Optional<Login> login = scenario.login ? Optional.of(new Login("sandbox", Secret.of("sandbox"))) : Optional.empty();
        return new Fetch(engine.sandbox(), 431960, Long.toString(3_000_000_000L + scenario.number), login,
                folder.resolve("home"), folder.resolve("target"), scenario.web, Duration.ofSeconds(100));
    }

    private static Optional<Reason> reason(Outcome outcome) {
        return outcome instanceof Outcome.NotFetched not ? Optional.of(not.reason()) : Optional.empty();
    }

    private static List<FetchedFile> onDisk(Path content) throws IOException {
        try (Stream<Path> paths = Files.walk(content)) {
            return paths.filter(path -> Files.isRegularFile(path) && !path.startsWith(content.resolve(".DepotDownloader")))
                    .map(path -> new FetchedFile(content.relativize(path).toString(), path.toFile().length()))
                    .sorted((left, right) -> left.path().compareTo(right.path())).toList();
        }
    }
}
