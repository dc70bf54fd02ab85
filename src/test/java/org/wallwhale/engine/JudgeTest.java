package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final String LOGGED_IN = "Connecting to Steam3...\nGot AppInfo for 294100\n";
    private static final String DONE = LOGGED_IN + "Manifest 6018842397654710423 (x)\n"
            + "Total downloaded: 4 bytes (5 bytes uncompressed) from 1 depots\n";

    @TempDir
    Path folder;
    private Fetch fetch;
    private Workspace workspace;

    @BeforeEach
    void prepare() throws IOException {
        fetch = fetch(false);
        workspace = new Workspace(fetch);
        workspace.prepare();
        Files.createDirectories(fetch.content().resolve(".DepotDownloader/staging"));
    }

    @Test
    void filesThatAreThereAndProvenAreContent() throws Exception {
        file("b/c.txt", "45");
        file("a\nname.txt", "123");
        assertThat(judge(0, DONE)).isEqualTo(new Outcome.Fetched(
                List.of(new FetchedFile("a\nname.txt", 3), new FetchedFile("b/c.txt", 2)), "6018842397654710423", 0));
    }

    @Test
    void aRepeatedRunThatFetchedNothingIsContent() throws Exception {
        file("a.txt", "123");
        assertThat(judge(0, LOGGED_IN + "Already have manifest 7 for depot 294100.\n"
                + "Total downloaded: 0 bytes (0 bytes uncompressed) from 1 depots")).isInstanceOf(Outcome.Fetched.class);
    }

    @Test
    void oneByteTooFewIsIncomplete() throws Exception {
        file("a.txt", "1234");
        assertThat(reason(0, DONE)).isEqualTo(Reason.INCOMPLETE_CONTENT);
    }

    @Test
    void theNextRunChecksWhatWasIncomplete() throws Exception {
        file("a.txt", "1234");
        Path note = fetch.content().resolve(".DepotDownloader/depot.config");
        DepotConfigTest.write(note, DepotConfigTest.FINISHED);
        assertThat(reason(1, DONE)).isEqualTo(Reason.TOOL_FAILED);
        assertThat(note).exists();
        assertThat(reason(0, DONE)).isEqualTo(Reason.INCOMPLETE_CONTENT);
        assertThat(note).doesNotExist();
    }

    @Test
    void aFileThatWasNeverFilledIsIncomplete() throws Exception {
        file("a.txt", "12345");
        try (RandomAccessFile sparse = new RandomAccessFile(fetch.content().resolve("b.bin").toFile(), "rw")) {
            sparse.setLength(3 << 20);
            sparse.write(new byte[1 << 20]);
        }
        Outcome outcome = judge(0, DONE);
        assertThat(outcome).isEqualTo(new Outcome.NotFetched(Reason.INCOMPLETE_CONTENT,
                "The file \"b.bin\" has its length but was never filled.", 0));
        assertThat(fetch.content()).isDirectoryContaining("glob:**/.DepotDownloader");
    }

    @Test
    void allFilesAreMeasuredHoweverLongTheirNamesAreTogether() throws Exception {
        String deep = ("a".repeat(200) + "/").repeat(9);
        for (int number = 0; number < 1300; number++) {
            file(deep + number, "12345");
        }
        assertThat(judge(0, DONE)).isInstanceOf(Outcome.Fetched.class);
        try (RandomAccessFile sparse = new RandomAccessFile(fetch.content().resolve(deep + "last").toFile(), "rw")) {
            sparse.setLength(1 << 20);
        }
        assertThat(judge(0, DONE)).isInstanceOfSatisfying(Outcome.NotFetched.class,
                unfilled -> assertThat(unfilled.detail()).contains("last\" has its length but was never filled"));
    }

    @Test
    void zerosThatWereWrittenAreContent() throws Exception {
        Files.write(fetch.content().resolve("zeros.bin"), new byte[2 << 20]);
        assertThat(judge(0, DONE)).isInstanceOf(Outcome.Fetched.class);
    }

    @Test
    void noFileIsNoContent() throws Exception {
        assertThat(reason(0, DONE)).isEqualTo(Reason.EMPTY_RESULT);
    }

    @Test
    void successWithoutProofIsNone() throws Exception {
        file("a.txt", "12345");
        assertThat(reason(0, LOGGED_IN)).isEqualTo(Reason.UNPROVEN);
        assertThat(reason(0, LOGGED_IN + "Total downloaded: 0 bytes (0 bytes uncompressed) from 0 depots"))
                .isEqualTo(Reason.UNPROVEN);
    }

    @Test
    void theToolsOwnNoteIsProofWhenItsOutputEndedEarly() throws Exception {
        file("a.txt", "12345");
        Path note = fetch.content().resolve(".DepotDownloader/depot.config");
        DepotConfigTest.write(note, DepotConfigTest.UNFINISHED);
        assertThat(reason(0, LOGGED_IN)).isEqualTo(Reason.UNPROVEN);
        DepotConfigTest.write(note, DepotConfigTest.FINISHED);
        assertThat(reason(0, LOGGED_IN + "Manifest 5 (x)")).isEqualTo(Reason.UNPROVEN);
        DepotConfigTest.write(note, DepotConfigTest.FINISHED);
        assertThat(judge(0, LOGGED_IN)).isEqualTo(
                new Outcome.Fetched(List.of(new FetchedFile("a.txt", 5)), "6018842397654710423", 0));
    }

    @Test
    void aWebFileCountsOnlyIfTheItemHasOne() throws Exception {
        file("preview.jpg", "12345");
        String out = "Connecting to Steam3...\nDownloading preview.jpg\nDisconnected from Steam";
        assertThat(reason(0, out)).isEqualTo(Reason.COLLECTION);
        fetch = fetch(true);
        assertThat(judge(0, out)).isEqualTo(new Outcome.Fetched(List.of(new FetchedFile("preview.jpg", 5)), "", 0));
    }

    @Test
    void filesOfTwoVersionsAreNoContent() throws Exception {
        file("a.txt", "12345");
        file(".DepotDownloader/294100_1.manifest", "x");
        file(".DepotDownloader/294100_2.manifest", "x");
        assertThat(reason(0, DONE)).isEqualTo(Reason.INCOMPLETE_CONTENT);
        assertThat(fetch.content()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "137"})
    void linksAndFilesOutsideAreUnsafeHoweverTheRunEnded(int exitCode) throws Exception {
        file("a.txt", "12345");
        Path link = Files.createSymbolicLink(fetch.content().resolve("link"), Path.of("a.txt"));
        assertThat(reason(exitCode, DONE)).isEqualTo(Reason.UNSAFE_CONTENT);
        Files.delete(link);
        file("../escape.txt", "x");
        assertThat(reason(exitCode, DONE)).isEqualTo(Reason.UNSAFE_CONTENT);
    }

    @Test
    void theToolsFolderMayNotBeALink() throws Exception {
        file("a.txt", "12345");
        Files.delete(fetch.content().resolve(".DepotDownloader/staging"));
        Files.delete(fetch.content().resolve(".DepotDownloader"));
        Files.createSymbolicLink(fetch.content().resolve(".DepotDownloader"), folder);
        assertThat(reason(0, DONE)).isEqualTo(Reason.UNSAFE_CONTENT);
    }

    @ParameterizedTest
    @CsvSource({"1,TOOL_FAILED", "126,TOOL_MISSING", "127,TOOL_MISSING", "130,KILLED", "134,TOOL_CRASHED", "137,KILLED",
        "139,TOOL_CRASHED", "143,KILLED"})
    void anExitCodeWithoutATextHasAReason(int exitCode, Reason reason) throws Exception {
        assertThat(reason(exitCode, LOGGED_IN)).isEqualTo(reason);
    }

    private Fetch fetch(boolean webFile) {
        return new Fetch(new Tool(List.of("x"), false), 294100, "1", Optional.empty(), folder.resolve("home"),
                folder.resolve("target"), webFile, Duration.ofSeconds(1));
    }

    private void file(String name, String text) throws IOException {
        Path file = fetch.content().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Reason reason(int exitCode, String out) throws IOException, InterruptedException {
        return ((Outcome.NotFetched) judge(exitCode, out)).reason();
    }

    private Outcome judge(int exitCode, String out) throws IOException, InterruptedException {
        OutputParser parser = new OutputParser();
        out.lines().forEach(line -> parser.read(Source.OUT, line));
        return new Judge(fetch, workspace).judge(exitCode, parser);
    }
}
