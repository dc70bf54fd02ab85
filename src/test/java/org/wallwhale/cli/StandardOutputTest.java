package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Of a process of its own. */
@EnabledOnOs(OS.LINUX)
class StandardOutputTest {
    @Test
    void aReaderThatHasEnoughIsNoTroubleToTellOf() throws Exception {
        Process process = man().start();
        // before Java has started
        process.getInputStream().close();
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void aFullDiskIs() throws Exception {
        Process process = man().redirectOutput(new File("/dev/full")).start();
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).contains("Standard output could not be written to its end: make room.");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private static ProcessBuilder man() {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), "org.wallwhale.cli.Main", "man");
    }
}
