package org.wallwhale.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of zip entries: the paths themselves, with {@code _} for every control character, backslash, unpaired surrogate and
 * the colon of a leading drive letter, since extractors take some of these for separators or absolute paths. Where that would
 * make two names equal, or a file equal to a folder, the changed one ends with {@code (2)}, {@code (3)} and so on.
 */
final class EntryNames {
    private final Set<String> taken = new HashSet<>();
    private final Map<String, String> changed = new HashMap<>();
    private final Map<String, Integer> lastNumbers = new HashMap<>();

    private EntryNames() {
    }

    /** One name per path, in the order of the paths, which are all different. */
    static List<String> of(List<String> paths) {
        if (paths.stream().allMatch(EntryNames::isSafe)) {
            return paths;
        }
        EntryNames names = new EntryNames();
        paths.forEach(names::takeUnchangedFolders);
        return paths.stream().map(names::nameOf).toList();
    }

    private void takeUnchangedFolders(String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            String prefix = path.substring(0, end);
            if (isSafe(prefix)) {
                taken.add(prefix);
            }
        }
    }

    private String nameOf(String path) {
        if (isSafe(path)) {
            return path;
        }
        String known = changed.get(path);
        if (known != null) {
            return known;
        }
        int slash = path.lastIndexOf('/');
        String folder = slash < 0 ? "" : nameOf(path.substring(0, slash)) + "/";
        String name = unused(safe(folder + path.substring(slash + 1)));
        changed.put(path, name);
        return name;
    }

    private String unused(String wanted) {
        String name = wanted;
        while (!taken.add(name)) {
            // Counting on from the last number keeps thousands of names that collide from being tried again and again.
            name = wanted + " (" + lastNumbers.merge(wanted, 2, (last, first) -> last + 1) + ")";
        }
        return name;
    }

    private static boolean isSafe(String path) {
        return path.codePoints().noneMatch(EntryNames::isUnsafe) && !hasDriveLetter(path);
    }

    private static String safe(String path) {
        StringBuilder safe = new StringBuilder(path.length());
        path.codePoints().map(c -> isUnsafe(c) ? '_' : c).forEach(safe::appendCodePoint);
        if (hasDriveLetter(path)) {
            safe.setCharAt(1, '_');
        }
        return safe.toString();
    }

    private static boolean isUnsafe(int codePoint) {
        return Character.isISOControl(codePoint) || codePoint == '\\' || Character.getType(codePoint) == Character.SURROGATE;
    }

    private static boolean hasDriveLetter(String path) {
        return path.length() > 1 && path.charAt(1) == ':'
            && (path.charAt(0) >= 'A' && path.charAt(0) <= 'Z' || path.charAt(0) >= 'a' && path.charAt(0) <= 'z');
    }
}
