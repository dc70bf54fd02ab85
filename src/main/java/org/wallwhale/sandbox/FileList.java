package org.wallwhale.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The files {@code -filelist} names: paths without case, or {@code regex:} and a pattern; without the option all of them. */
final class FileList {
    private static final String PATTERN = "regex:";

    private final String path;
    private final Console console;

    FileList(Stage stage) {
        path = stage.options().fileList();
        console = stage.console();
    }

    /** A list that can not be read wants nothing, after a warning. */
    List<ItemFile> wanted(List<ItemFile> files) {
        if (path == null) {
            return files;
        }
        List<ItemFile> wanted = new ArrayList<>();
        List<String> lines = lines();
        for (ItemFile file : files) {
            if (isNamed(file, lines)) {
                wanted.add(file);
            }
        }
        return wanted;
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(Path.of(path));
        } catch (IOException unreadable) {
            console.line("Warning: Unable to load filelist: ", unreadable.getMessage());
            return List.of();
        }
    }

    private static boolean isNamed(ItemFile file, List<String> lines) {
        for (String line : lines) {
            boolean named = line.startsWith(PATTERN)
                    ? Pattern.compile(line.substring(PATTERN.length()), Pattern.CASE_INSENSITIVE).matcher(file.name()).find()
                    : line.replace('\\', '/').equalsIgnoreCase(file.name());
            if (named) {
                return true;
            }
        }
        return false;
    }
}
