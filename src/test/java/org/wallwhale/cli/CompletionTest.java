package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script in a bash that thinks that somebody types. */
@EnabledOnOs(OS.LINUX)
class CompletionTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void script() throws IOException {
        Files.writeString(folder.resolve("script"), CommandRun.of(Map.of(), "completion", "bash").out());
        Files.createFile(folder.resolve("list.txt"));
        Files.createDirectory(folder.resolve("lists of mine"));
    }

    @Test
    void wordsThatAnOptionTakesAreOffered() throws Exception {
        assertThat(typed("wallwhale user create a --role ''")).isEqualTo("user admin");
        assertThat(typed("wallwhale remote list --status s")).isEqualTo("success");
        assertThat(typed("wallwhale account change a --status b")).isEqualTo("banned");
        assertThat(typed("wallwhale key create a --kind t")).isEqualTo("test");
        assertThat(typed("wallwhale share cr")).isEqualTo("create");
    }

    @Test
    void listsAreFilesAlsoBehindAnAt() throws Exception {
        String both = folder.resolve("list.txt") + " " + folder.resolve("lists of mine");
        assertThat(typed("wallwhale download @ '" + folder.resolve("list") + "'")).as("bash parts the word").isEqualTo(both);
        assertThat(typed("wallwhale remote download 1 @ '" + folder.resolve("list.") + "'")).isEqualTo(folder.resolve("list.txt").toString());
        assertThat(typed("wallwhale download '@" + folder.resolve("list.") + "'")).as("zsh does not").isEqualTo("@" + folder.resolve("list.txt"));
    }

    @Test
    void whereAFileMayBeNamedTheShellOffersFiles() throws Exception {
        assertThat(typed("wallwhale cert check ex")).isEmpty();
        assertThat(typed("wallwhale remote logs ex")).as("no file").isEqualTo("none");
    }

    /** What is offered for the last word; "none" where the shell may not offer files in the place of nothing. */
    private String typed(String words) throws Exception {
        String line = "compopt() { if [ \"$1 $2\" = '+o default' ]; then default=none; fi; }; . ./script; COMP_WORDS=(" + words
                + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_wallwhale; echo ${COMPREPLY[*]:-$default}";
        Process bash = new ProcessBuilder("bash", "-c", line).directory(folder.toFile()).redirectErrorStream(true).start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
