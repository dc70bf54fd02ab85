package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class GuardCodeAtTerminalTest {
    private static final String QUESTION = "Enter the Steam Guard code that your authenticator shows: ";
    @TempDir
    private Path folder;

    @Test
    void whatIsTypedIsNotShownAlsoAfterAWrongCode() throws Exception {
        Map<String, String> environment = Map.of("WALLWHALE_DATA_DIR", folder.resolve("data").toString());
        try (PersonAtTerminal person = new PersonAtTerminal(environment, "download", "3000000010", "--account", "sandbox", "--output",
                folder.resolve("out").toString())) {
            String all = person.until(QUESTION);
            person.type("WRONG\n");
            all += person.until("That code was wrong. " + QUESTION);
            person.type("AAAAA\n");
            all += person.until(null);
            assertThat(person.exitCode()).as(all).isZero();
            assertThat(all).contains("ok       3000000010").doesNotContain("WRONG", "AAAAA");
        }
    }
}
