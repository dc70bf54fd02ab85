package org.wallwhale.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The files {@code -filelist} names: paths without case, or {@code regex:} and a pattern; without the option all of them. */
final class FileList {
    private static final String PATTERN = "regex:";

    /** Null without the option. */
    private final List<Pattern> patterns;

    private FileList(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** A list that can not be read wants nothing, after a warning. */
    static FileList read(Stage stage) {
        String path = stage.options().fileList();
        if (path == null) {
            return new FileList(null);
        }
        List<Pattern> patterns = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(Path.of(path))) {
                patterns.add(pattern(line));
            }
        } catch (IOException | PatternSyntaxException unreadable) {
            stage.console().line("Warning: Unable to load filelist: ", unreadable.getMessage());
            patterns.clear();
        }
        return new FileList(patterns);
    }

    List<ItemFile> wanted(List<ItemFile> files) {
        if (patterns == null) {
            return files;
        }
        List<ItemFile> wanted = new ArrayList<>();
        for (ItemFile file : files) {
            if (isWanted(file)) {
                wanted.add(file);
            }
        }
        return wanted;
    }

    private boolean isWanted(ItemFile file) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(file.name()).find()) {
                return true;
            }
        }
        return false;
    }

    private static Pattern pattern(String line) {
        String pattern = line.startsWith(PATTERN)
                ? line.substring(PATTERN.length())
                : "\\A".concat(Pattern.quote(line.replace('\\', '/'))).concat("\\z");
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
