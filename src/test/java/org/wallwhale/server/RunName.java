package org.wallwhale.server;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which download a run is of, and by which claim; both are in the name of its work folder. */
record RunName(String download, long fence) {
    private static final Pattern FOLDER = Pattern.compile("\\bwork/([0-9a-f-]{36})-([0-9]+)(?:/|$|\\s)");

    /** Of the first work folder that {@code text} names. */
    static Optional<RunName> in(String text) {
        Matcher folder = FOLDER.matcher(text);
        return folder.find() ? Optional.of(new RunName(folder.group(1), Long.parseLong(folder.group(2)))) : Optional.empty();
    }
}
