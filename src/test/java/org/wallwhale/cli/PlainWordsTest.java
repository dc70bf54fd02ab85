package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wallwhale.engine.Outcome;
import org.wallwhale.engine.Reason;

/** What is wrong is told to people who do not know what this program is made with. */
class PlainWordsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "remote list --limit abc | 'abc' is no whole number; see wallwhale remote list --help.",
        "remote list --limit 99999999999 | 'abc' is too large a number",
        "remote list --limit 0 | --limit takes a number from 1 on",
        "remote logs x --attempt 1.5 | '1.5' is no whole number",
        "share create x --rate much | 'much' is no whole number",
        "health --wait=soon | 'soon' is no whole number",
        "remote download 1 --start-at morgen | must be a time such as 2030-01-31T22:00:00Z, or how long from now on, such as 12h or 7d, but is 'morgen'"})
    void whatIsTypedWrongIsToldWithoutJava(String line, String sentence) {
        CommandRun run = CommandRun.of(Map.of("wallwhale.url", "http://127.0.0.1:1", "wallwhale.api-key", ScriptedServer.KEY), line.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(sentence.replace("abc' is too", "99999999999' is too")).doesNotContain("java", "class ", "Exception");
    }

    @Test
    void theSystemsReasonHasNoClassAndNoFile() {
        assertThat(SystemReason.of(new IOException("No space left on device"))).isEqualTo("No space left on device");
        assertThat(SystemReason.of(new FileSystemException("/a", null, "No space left on device"))).isEqualTo("No space left on device");
        assertThat(SystemReason.of(new NoSuchFileException("/a"))).isEqualTo("it is not there");
        assertThat(SystemReason.of(new AccessDeniedException("/a"))).isEqualTo("this user may not do that");
        assertThat(SystemReason.of(new FileSystemException("/a"))).isEqualTo("the system does not say why");
    }

    @Test
    void aFileOfCertificatesThatIsNoneIsNamedOnce() throws IOException {
        Path absent = folder.resolve("absent.pem");
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Path other = Files.writeString(folder.resolve("other.pem"), "-----BEGIN CERTIFICATE-----\nx");
        for (Path file : new Path[] {absent, empty, other}) {
            CommandRun run = CommandRun.of(Map.of("wallwhale.url", "https://127.0.0.1:1", "wallwhale.ca-file", file.toString()), "health");
            assertThat(run.code()).isEqualTo(3);
            assertThat(run.err()).containsOnlyOnce(file.toString()).doesNotContain("java", "Exception");
        }
    }

    @Test
    void aCommandThatHasEndedDoesNotPromiseToGoOn() {
        DirectItem item = new DirectItem("1", Optional.empty(), Optional.empty());
        for (Reason reason : Reason.values()) {
            assertThat(DownloadResult.failed(item, new Outcome.NotFetched(reason, "No.", 1)).error().advice()).doesNotContain("tried again by itself");
        }
        assertThat(DownloadResult.failed(item, new Outcome.NotFetched(Reason.DISK_FULL, "No.", 1)).error().advice())
                .isEqualTo("Make room on the disk of the output folder, and run the same command again.");
    }

    @Test
    void theHelpOfACommandIsThatOfItAndNotOfItsGroup() {
        assertThat(CommandRun.of(Map.of(), "help", "share", "create")).satisfies(help -> {
            assertThat(help.code()).isZero();
            assertThat(help.out()).startsWith("Usage: wallwhale share create");
        });
        assertThat(CommandRun.of(Map.of(), "help").out()).startsWith("Usage: wallwhale ");
        assertThat(CommandRun.of(Map.of(), "help", "share").out()).startsWith("Usage: wallwhale share ");
        assertThat(CommandRun.of(Map.of(), "help", "remote", "downlod")).satisfies(help -> {
            assertThat(help.code()).isEqualTo(2);
            assertThat(help.err()).contains("'downlod'", "wallwhale remote --help", "remote download");
        });
    }

    @Test
    void aLineToCopyIsTakenAsOneWordByTheShell() throws Exception {
        for (String path : new String[] {"/tmp/Daten ü 2/certificate.pem", "./data/certificate.pem", "/tmp/it's/$HOME/`x`", "C:\\a b"}) {
            Process shell = new ProcessBuilder("sh", "-c", "printf %s " + Shell.word(Path.of(path))).start();
            assertThat(new String(shell.getInputStream().readAllBytes())).isEqualTo(path);
        }
        assertThat(Shell.word(Path.of("./data/certificate.pem"))).isEqualTo("./data/certificate.pem");
    }
}
