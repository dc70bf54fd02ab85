package org.wallwhale.download;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.wallwhale.problem.Problem;

/** A relative folder below the export root, with forward slashes and checked segments. */
public record SaveRoot(String value) {
    /** What file systems take, in bytes of UTF-8. */
    private static final int LONGEST_SEGMENT = 255;
    private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6",
            "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    /** Items lie, and are replaced as a whole, in folders named by their number, and are made beside that under a hidden name. */
    private static final Pattern ITEM_FOLDER = Pattern.compile("[0-9]+|\\.[0-9]+\\.(?:new|old)-.*", Pattern.CASE_INSENSITIVE);

    /**
     * INVALID for an absolute path, {@code ..}, control characters, backslashes, names that some systems reserve, and names that
     * the folder of an item may have.
     */
    public static SaveRoot parse(String text) {
        for (String segment : text.split("/", -1)) {
            if (ITEM_FOLDER.matcher(segment).matches()) {
                throw Problem.INVALID.at("/saveRoot", "saveRoot must not lead through a folder named like an item, such as 3000000000: "
                        + "that folder is replaced as a whole when the item is exported. Add a letter to the name.");
            }
            String stem = segment.contains(".") ? segment.substring(0, segment.indexOf('.')) : segment;
            if (segment.isBlank() || segment.equals(".") || segment.equals("..") || segment.endsWith(".") || segment.endsWith(" ")
                    || segment.getBytes(StandardCharsets.UTF_8).length > LONGEST_SEGMENT || segment.codePoints().anyMatch(SaveRoot::isUnfit)
                    || segment.chars().anyMatch(c -> c < 32 || c == 127 || "\\:*?\"<>|".indexOf(c) >= 0)
                    || RESERVED.contains(stem.toLowerCase(Locale.ROOT))) {
                throw Problem.INVALID.at("/saveRoot", "saveRoot must be a relative folder such as mods/wallpapers: no empty segment, "
                        + "no \".\" or \"..\", no control character, none of \\ : * ? \" < > | and no reserved name.");
            }
        }
        return new SaveRoot(text);
    }

    /** Half characters, and marks that show a name as another one. */
    private static boolean isUnfit(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.SURROGATE || type == Character.CONTROL || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }
}
