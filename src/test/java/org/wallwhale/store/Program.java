package org.wallwhale.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** A program of the machine that judges what ours wrote. */
final class Program {
    private Program() {
    }

    /** What it printed. Fails when it is not installed or exits with anything but 0. */
    static String output(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException missing) {
            throw new AssertionError("Install " + command[0] + ": this test needs it.", missing);
        }
    }
}
