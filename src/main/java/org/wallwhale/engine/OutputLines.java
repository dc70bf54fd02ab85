package org.wallwhale.engine;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Turns bytes of one stream into lines: cut to {@value #MAX_BYTES} bytes with a count of what was left out, malformed UTF-8
 * replaced by U+FFFD, escape sequences and control characters removed. Holds one line, however much arrives.
 */
final class OutputLines {
    static final int MAX_BYTES = 8192;
    private static final Pattern UNPRINTABLE = Pattern.compile(
            "\u001B\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|\u001B\\[[0-?]*[ -/]*[@-~]|[\\p{Cc}\u2028\u2029&&[^\t]]");

    private final byte[] line = new byte[MAX_BYTES];
    private int length;
    private long dropped;

    void accept(byte[] bytes, int count, Consumer<String> lines) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                lines.accept(take());
            } else if (length < MAX_BYTES) {
                line[length++] = bytes[i];
            } else {
                dropped++;
            }
        }
    }

    /** The line that has no end yet: perhaps a prompt. */
    String unfinished() {
        return clean();
    }

    boolean isUnfinished() {
        return length > 0;
    }

    /** The unfinished line, which thereby ends. */
    String take() {
        String text = dropped > 0 ? clean() + " … " + dropped + " bytes left out" : clean();
        length = 0;
        dropped = 0;
        return text;
    }

    private String clean() {
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        return plain ? text : UNPRINTABLE.matcher(text).replaceAll("");
    }
}
