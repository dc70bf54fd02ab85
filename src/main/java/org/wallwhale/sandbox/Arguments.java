package org.wallwhale.sandbox;

import java.util.Locale;

/**
 * The words of the command line by DepotDownloader's rules: option names are matched whole and without case, the first
 * occurrence wins, the value is the next word whatever it looks like. Remembers which words nobody asked for.
 */
final class Arguments {
    private final String[] words;
    private final boolean[] used;

    Arguments(String[] words) {
        this.words = words;
        this.used = new boolean[words.length];
    }

    boolean flag(String... names) {
        boolean given = false;
        for (String name : names) {
            given |= indexOf(name) >= 0;
        }
        return given;
    }

    /** The value of the first of the given names that has one, else null. */
    String text(String... names) {
        for (String name : names) {
            int at = indexOf(name);
            if (at >= 0 && at + 1 < words.length) {
                used[at + 1] = true;
                return words[at + 1];
            }
        }
        return null;
    }

    long number(NumberType type, long otherwise, String name) {
        String value = text(name);
        return value == null ? otherwise : type.parse(value);
    }

    void warnOfUnused(Console console) {
        boolean any = false;
        for (int at = 0; at < words.length; at++) {
            if (!used[at]) {
                any = true;
                console.errLine("Argument #", at + 1, " ", words[at], " was not used.");
            }
        }
        if (any) {
            console.errLine("Make sure you specified the arguments correctly. Check --help for correct arguments.");
            console.errLine();
        }
    }

    private int indexOf(String name) {
        for (int at = 0; at < words.length; at++) {
            if (words[at].toLowerCase(Locale.ROOT).equals(name)) {
                used[at] = true;
                return at;
            }
        }
        return -1;
    }
}
