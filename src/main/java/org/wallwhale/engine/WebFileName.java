package org.wallwhale.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes a path below the content's folder of what an author called a file: DepotDownloader trusts that name. */
final class WebFileName {
    private static final int MOST_FOLDERS = 8;
    private static final int MOST_NAME_BYTES = 200;

    private WebFileName() {
    }

    /** {@code otherwise} where nothing is left of the name. */
    static String cleaned(String name, String otherwise) {
        List<String> parts = new ArrayList<>();
        for (String part : name.replace('\\', '/').split("/")) {
            String clean = part.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}:*?\"<>|]", "").strip();
            if (!clean.isEmpty() && !clean.matches("\\.+")) {
                parts.add(cut(clean));
            }
        }
        return parts.isEmpty() ? otherwise : String.join("/", parts.subList(Math.max(0, parts.size() - 1 - MOST_FOLDERS), parts.size()));
    }

    /** Keeps the end, which tells the kind of the file. */
    private static String cut(String part) {
        String cut = part;
        while (cut.getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES) {
            cut = cut.substring(cut.offsetByCodePoints(0, 1));
        }
        return cut;
    }
}
