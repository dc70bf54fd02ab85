package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
    @TempDir
    private Path folder;

    @Test
    void ourOwnSentencesAreTheReason() throws IOException {
        Path console = Files.writeString(folder.resolve("console.log"), "a word of Java\n");
        Path log = Files.writeString(folder.resolve("server.0.log"), """
                [2026-01-02] [SEVERE] Exception: The start is refused, because of these settings:
                  WALLWHALE_HTTP_PORT must be a whole number.
                  WALLWHALE_DATA_DIR must name a folder.
                \tat somewhere
                """);
        assertThat(ServerLog.tellsOfFailure(List.of(console, log))).isTrue();
        assertThat(ServerLog.reason(List.of(console, log))).isEqualTo("""
                The start is refused, because of these settings:
                  WALLWHALE_HTTP_PORT must be a whole number.
                  WALLWHALE_DATA_DIR must name a folder.""");
    }

    @Test
    void whatIsRefusedForNowNeedsNobody() throws IOException {
        Path log = Files.writeString(folder.resolve("server.0.log"), "The start is refused for now: a backup is being restored.\n");
        assertThat(ServerLog.tellsOfFailure(List.of(log))).isTrue();
        assertThat(ServerLog.tellsOfRefusal(List.of(log))).isFalse();
        assertThat(ServerLog.tellsOfRefusal(List.of(Files.writeString(log, "The start is refused: another server is named so.\n")))).isTrue();
    }

    @Test
    void whatJavaSaysIsTheReasonWhenThereIsNoLogYet() throws IOException {
        Path console = Files.writeString(folder.resolve("console.log"), "Unrecognized VM option\n");
        Path log = folder.resolve("server.0.log");
        assertThat(ServerLog.tellsOfFailure(List.of(console, log))).isFalse();
        assertThat(ServerLog.reason(List.of(console, log))).startsWith("Unrecognized VM option").contains(log.toString());
    }
}
