package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputLinesTest {
    private final OutputLines lines = new OutputLines();
    private final List<String> seen = new ArrayList<>();

    @Test
    void aLineMayArriveInPieces() {
        accept("Connecting to Steam3...");
        assertThat(seen).isEmpty();
        assertThat(lines.unfinished()).isEqualTo("Connecting to Steam3...");
        accept(" Done!\nLogging");
        assertThat(seen).containsExactly("Connecting to Steam3... Done!");
        assertThat(lines.unfinished()).isEqualTo("Logging");
    }

    @Test
    void aTakenPromptIsOver() {
        accept("code: ");
        assertThat(lines.take()).isEqualTo("code: ");
        assertThat(lines.isUnfinished()).isFalse();
        accept("wrong\n");
        assertThat(seen).containsExactly("wrong");
    }

    @Test
    void anEndlessLineIsCutAndCounted() {
        accept("x".repeat(OutputLines.MAX_BYTES));
        accept("y".repeat(1_000_000) + "\nnext\n");
        assertThat(seen).containsExactly("x".repeat(OutputLines.MAX_BYTES) + " … 1000000 bytes left out", "next");
    }

    @Test
    void controlCharactersAndTerminalSequencesVanish() {
        accept("a\rb\0c\u0007\u009B\n\u001B[31mred\u001B[0m\n\u001B]9;4;1;50\u0007title\n\u001B]0;x\u001B\\end\u2028\n");
        assertThat(seen).containsExactly("abc", "red", "title", "end");
    }

    @Test
    void malformedUtf8BecomesTheReplacementCharacter() {
        accept(new byte[] {(byte) 0xC3, 0x28, ' ', (byte) 0xFF, '\n'});
        accept("Größe 壁紙 😀\n");
        assertThat(seen).containsExactly("\uFFFD( \uFFFD", "Größe 壁紙 😀");
    }

    @Test
    void linesDoNotDependOnHowTheBytesAreCut() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] bytes = new byte[20_000];
        random.nextBytes(bytes);
        OutputLines whole = new OutputLines();
        List<String> expected = new ArrayList<>();
        whole.accept(bytes, bytes.length, expected::add);
        for (int from = 0; from < bytes.length;) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(500));
            accept(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        assertThat(seen).as("seed %d", seed).isEqualTo(expected);
        assertThat(lines.take()).isEqualTo(whole.take());
    }

    private void accept(String text) {
        accept(text.getBytes(StandardCharsets.UTF_8));
    }

    private void accept(byte[] bytes) {
        lines.accept(bytes, bytes.length, seen::add);
    }
}
