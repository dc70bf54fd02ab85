package org.wallwhale.cli;

import java.nio.file.Path;

/** Lines that people copy into a shell. */
final class Shell {
    private Shell() {
    }

    /** As one word, also with blanks in it. */
    static String word(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
