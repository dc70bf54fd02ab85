package org.wallwhale.worker;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folder of one run, read from its name. */
record WorkFolder(UUID downloadId, long fence, Path path) {
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([0-9]{1,18})");

    /** Empty for a name that no run has. */
    static Optional<WorkFolder> of(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        return name.matches() ? Optional.of(new WorkFolder(UUID.fromString(name.group(1)), Long.parseLong(name.group(2)), path))
                : Optional.empty();
    }
}
