package org.wallwhale.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenarios that run until they are killed, and those that are about pipes, signals and children. */
class HangingTest {
    @TempDir
    Path folder;
    private Program program;
    private Process piped;
    private List<ProcessHandle> grandchildren = List.of();

    @BeforeEach
    void prepare() throws IOException {
        program = new Program(folder);
    }

    @AfterEach
    void leaveNoProcess() {
        grandchildren.forEach(ProcessHandle::destroyForcibly);
        program.stop();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            33 | result: Fail (expires 01/01/1970 00:00:00)
            34 | Connecting to Steam3...
            36 | Downloading wallpaper-3736.pkg
            """)
    void standsStillUntilItIsKilled(String digits, String sign) throws IOException {
        Program.Running running = program.start(digits);
        running.awaitOut(sign);
        Program.await("a wait for ever", () -> standsStill(running.process));
        assertEndsOnlyByKill(running, sign);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            32 | : NotFound
            53 | Connection timeout downloading chunk
            """)
    void repeatsItselfUntilItIsKilled(String digits, String sign) throws IOException {
        Program.Running running = program.start(digits);
        Program.await("the hundredth time", () -> running.result().out().split(Pattern.quote(sign), -1).length > 100);
        assertEndsOnlyByKill(running, sign);
    }

    private static void assertEndsOnlyByKill(Program.Running running, String sign) {
        assertThat(running.result().out()).contains(sign);
        Program.Result result = running.kill();
        assertThat(result.status()).isEqualTo(137);
        assertThat(result.out()).doesNotContain("Disconnected from Steam");
    }

    @Test
    void aStallInTheMiddleLeavesAFullLengthFileWithHoles() throws IOException {
        Program.Running running = program.start("35");
        Program.await("two or three chunks of eight on the disk", () -> isPartial("scenes/Größe 壁紙.pkg"));
        Program.Result result = running.kill();
        assertThat(result.status()).isEqualTo(137);
        assertThat(program.file("scenes/Größe 壁紙.pkg")).hasSize(2 << 20);
        assertThat(DepotConfig.load(program.file(".DepotDownloader/depot.config")).installed(431960))
                .isEqualTo(DepotConfig.UNFINISHED);
    }

    @Test
    void aStalledWebFileLiesInStaging() throws IOException {
        Program.Running running = program.start("36");
        Path staged = program.file(".DepotDownloader/staging/wallpaper-3736.pkg");
        Program.await("half of the staged file", () -> staged.toFile().length() == 1 << 20);
        running.kill();
        assertThat(program.file("wallpaper-3736.pkg")).doesNotExist();
    }

    @Test
    void aRequestToStopEndsItAtOnceWithoutAWord() throws IOException {
        Program.Running running = program.start("35");
        running.awaitOut("Pre-allocating");
        running.process.destroy();
        Program.Result result = running.finish();
        assertThat(result.status()).isEqualTo(143);
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).doesNotContain("Disconnected from Steam");
        assertThat(program.journal()).contains("\"event\":\"signal\"");
    }

    @Test
    void aRequestToStopCanBeIgnored() throws IOException {
        Program.Running running = program.start("53");
        running.awaitOut("Connection timeout downloading chunk");
        running.process.destroy();
        Program.await("the signal in the journal", () -> journal().contains("\"name\":\"SIGTERM\""));
        int before = running.result().out().length();
        Program.await("more lines after the signal", () -> running.result().out().length() > before);
        assertThat(running.kill().status()).isEqualTo(137);
    }

    @Test
    void aFloodDoesNotEnd() throws IOException {
        piped = program.startPiped("40");
        try (InputStream out = piped.getInputStream()) {
            byte[] flood = out.readNBytes(20_000_000);
            assertThat(flood.length).isEqualTo(20_000_000);
            assertThat(new String(flood, 19_000_000, 1000, StandardCharsets.UTF_8))
                    .contains(": Expecting LocalFileHeader at start");
        }
    }

    @Test
    void grandchildrenOutliveTheirParentAndHoldItsOutput() throws Exception {
        program.knob("delay_ms", "100");
        piped = program.startPiped("54");
        Program.await("two grandchildren", () -> {
            grandchildren = piped.descendants().collect(Collectors.toList());
            return grandchildren.size() == 2 && grandchildren.stream().allMatch(this::isSleeping);
        });
        Program.await("the end of the parent", () -> !piped.isAlive());
        assertThat(piped.exitValue()).isZero();
        assertThat(grandchildren).allMatch(ProcessHandle::isAlive);
        grandchildren.forEach(ProcessHandle::destroyForcibly);
        assertThat(new String(piped.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("Disconnected from Steam\n");
    }

    @Test
    void anOrphanedPipeEndsBeforeTheWork() throws Exception {
        piped = program.startPiped("55");
        String out = new String(piped.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(out).endsWith("(01/31/2026 12:34:56)\n");
        assertThat(piped.waitFor()).isZero();
        assertThat(holes("scenes/Größe 壁紙.pkg")).isZero();
    }

    @Test
    void theLastLinesAreStillInThePipeWhenItHasEnded() throws Exception {
        piped = program.startPiped("61");
        assertThat(piped.waitFor()).isZero();
        String out = new String(piped.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(out).hasSizeGreaterThan(50_000).endsWith("from 1 depots\nDisconnected from Steam\n");
    }

    private static boolean standsStill(Process process) {
        try {
            Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    String.valueOf(process.pid()), "Thread.print").redirectErrorStream(true).start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("Pause.forever(");
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private boolean isSleeping(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("sleep");
    }

    private boolean isPartial(String name) {
        return holes(name) == 5 || holes(name) == 6;
    }

    private int holes(String name) {
        try {
            return Files.exists(program.file(name)) ? ScenarioTest.chunksOfZeros(Files.readAllBytes(program.file(name))) : -1;
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private String journal() {
        try {
            return program.journal();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
