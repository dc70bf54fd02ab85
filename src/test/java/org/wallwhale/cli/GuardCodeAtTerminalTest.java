package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** At a terminal of its own, which `script` of util-linux makes. */
@EnabledOnOs(OS.LINUX)
class GuardCodeAtTerminalTest {
    private static final String QUESTION = "Enter the Steam Guard code that your authenticator shows: ";
    @TempDir
    private Path folder;

    @Test
    void whatIsTypedIsNotShownAlsoAfterAWrongCode() throws Exception {
        String line = "exec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '" + System.getProperty("java.class.path")
                + "' org.wallwhale.cli.Main download 3000000010 --account sandbox --output '" + folder.resolve("out") + "'";
        ProcessBuilder builder = new ProcessBuilder("script", "--quiet", "--return", "--command", line, "/dev/null").redirectErrorStream(true);
        builder.environment().put("WALLWHALE_DATA_DIR", folder.resolve("data").toString());
        builder.environment().putAll(Map.of("SHELL", "/bin/sh", "NO_COLOR", "1"));
        Process process = builder.start();
        try (BufferedReader shown = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String all = until(shown, QUESTION);
            type(process, "WRONG\n");
            all += until(shown, "That code was wrong. " + QUESTION);
            type(process, "AAAAA\n");
            all += until(shown, null);
            assertThat(process.waitFor()).as(all).isZero();
            assertThat(all).contains("ok       3000000010").doesNotContain("WRONG", "AAAAA");
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static void type(Process process, String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    /** All that is shown until {@code end}, or to the end where that is null. */
    private static String until(BufferedReader shown, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int next = shown.read(); next >= 0; next = shown.read()) {
            text.append((char) next);
            if (end != null && text.toString().endsWith(end)) {
                return text.toString();
            }
        }
        assertThat(end).as(text.toString()).isNull();
        return text.toString();
    }
}
