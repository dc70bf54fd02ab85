package org.wallwhale.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @TempDir
    Path folder;
    private Program program;

    @BeforeEach
    void prepare() throws IOException {
        program = new Program(folder).knob("size", "1000");
    }

    @Test
    void noArgumentsGiveTheUsage() throws IOException {
        Program.Result result = program.run("");
        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("SANDBOX: ").contains("-pubfile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-V", "--version"})
    void theVersionIsThatOfTheTool(String option) throws IOException {
        Program.Result result = program.run("", option);
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("\nDepotDownloader v3.4.0+", "\nRuntime: .NET 9.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -v                                      | Error: -app not specified!
            --help                                  | Error: -app not specified!
            -app 4294967295                         | Error: -app not specified!
            -app 7 -pubfile 7 -remember-password    | Error: -remember-password can not be used without -username or -qr.
            -app 7 -pubfile 7 -qr -username good    | Error: -qr can not be used with -username.
            """)
    void aCallThatMakesNoSenseIsRefused(String arguments, String line) throws IOException {
        Program.Result result = program.run("", arguments.split(" "));
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).endsWith(".\n" + line + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -app -1                             | -1 is not a valid value for UInt32
            -app 4294967296                     | 4294967296 is not a valid value for UInt32
            -app 7 -pubfile 18446744073709551616 | 18446744073709551616 is not a valid value for UInt64
            -app 7 -pubfile x                   | x is not a valid value for UInt64
            -app 7 -max-downloads 2147483648    | 2147483648 is not a valid value for Int32
            """)
    void aBadNumberIsACrashBeforeTheLogin(String arguments, String message) throws IOException {
        Program.Result result = program.run("", arguments.split(" "));
        assertThat(result.status()).isEqualTo(134);
        assertThat(result.err()).startsWith("Unhandled exception. System.ArgumentException: " + message).contains("\n   at ");
        assertThat(result.out()).doesNotContain("Connecting");
    }

    @Test
    void optionsAreReadWithoutCaseAndNumbersInHexadecimal() throws IOException {
        Program.Result result = program.run("", "-APP", "0x7", "-PubFile", "&h1C", "-Dir", program.target.toString(),
                "-CellId", "5");
        assertThat(result.out()).contains("Got AppInfo for 7\nA task was canceled.\n").doesNotContain("suggested CellID");
    }

    @Test
    void wordsThatNobodyReadAreNamed() throws IOException {
        Program.Result result = program.run("", "-app", "7", "-pubfile", "23", "-os", "linux", "-app", "8", "-dir", "d");
        assertThat(result.err()).isEqualTo("""
                Argument #5 -os was not used.
                Argument #6 linux was not used.
                Argument #7 -app was not used.
                Argument #8 8 was not used.
                Make sure you specified the arguments correctly. Check --help for correct arguments.

                """);
        assertThat(result.status()).isZero();
    }

    @Test
    void noDownloadsAtATimeIsACrash() throws IOException {
        Program.Result result = program.download("00", "", "-max-downloads", "0");
        assertThat(result.status()).isEqualTo(134);
        assertThat(result.out()).contains("Download failed to due to an unhandled exception: ");
    }

    @Test
    void withoutAFolderTheContentGoesBelowDepots() throws IOException {
        program.run("", "-app", "7", "-pubfile", "700");
        assertThat(folder.resolve("depots/7/1/project.json")).isRegularFile();
        assertThat(folder.resolve("depots/.DepotDownloader/depot.config")).isRegularFile();
    }

    @Test
    void aFileListChoosesByNameAndPattern() throws IOException {
        Path list = Files.writeString(folder.resolve("list"), "PROJECT.json\nregex:\\.pkg$\n");
        program.download("00", "", "-filelist", list.toString());
        assertThat(program.target.toFile().list()).containsExactlyInAnyOrder(".DepotDownloader", "project.json", "scenes");
    }

    @Test
    void aFileListThatIsNotThereDownloadsNothing() throws IOException {
        Program.Result result = program.download("00", "", "-filelist", "missing");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("Warning: Unable to load filelist: ");
        assertThat(program.target.toFile().list()).containsExactly(".DepotDownloader");
    }

    @Test
    void onlyTheManifestCanBeWanted() throws IOException {
        program.knob("manifest", "9");
        Program.Result result = program.download("00", "", "-manifest-only");
        assertThat(result.status()).isZero();
        assertThat(program.file("manifest_431960_9.txt")).content().contains("Total number of files  : 3 \n")
                .containsPattern(" {10}1000 {6}1 [0-9a-f]{40} {5}0 scenes/Größe 壁紙\\.pkg\n");
        assertThat(program.file("project.json")).doesNotExist();
    }

    @Test
    void aHandleIsItsOwnManifest() throws IOException {
        Program.Result result = program.run("", "-app", "7", "-ugc", "123456789", "-dir", program.target.toString());
        assertThat(result.out())
                .contains("Unable to query UGC details for 123456789 from an anonymous account\n", "\nManifest 123456789 (");
    }

    @Test
    void thePasswordOfTheCommandLineIsNotInTheJournal() throws IOException {
        program.download("00", "", "-username", "good", "-password", "pw-good");
        assertThat(program.journal()).contains("\"-password\",\"***\"", "\"env\":[\"HOME\"", "\"stdin\":\"file\"", "\"umask\":\"",
                "\"event\":\"end\"").doesNotContain("pw-good");
    }

    @Test
    void theJournalDoesNotGrowForEver() throws IOException {
        Path journal = program.home.resolve("sandbox-journal.jsonl");
        Files.writeString(journal, "of an earlier process\n");
        program.download("00", "");
        assertThat(program.journal()).as("a small one goes on").startsWith("of an earlier process\n");
        Files.writeString(journal, "x".repeat(256 * 1024 + 1));
        program.download("00", "");
        assertThat(program.journal()).startsWith("{\"event\":\"start\"").contains("\"event\":\"end\"");
    }
}
