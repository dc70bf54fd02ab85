package org.wallwhale.cli;

import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Numbers as people type them: of what is none they are told in words, where picocli tells of Java's types. */
final class Typed {
    private Typed() {
    }

    /** For all commands of {@code line}. */
    static void by(CommandLine line) {
        line.registerConverter(int.class, text -> (int) number(text, Integer.MIN_VALUE, Integer.MAX_VALUE))
                .registerConverter(Integer.class, text -> (int) number(text, Integer.MIN_VALUE, Integer.MAX_VALUE))
                .registerConverter(long.class, text -> number(text, Long.MIN_VALUE, Long.MAX_VALUE))
                .registerConverter(Long.class, text -> number(text, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static long number(String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new TypeConversionException("'" + text + (text.matches("[+-]?[0-9]+") ? "' is too large a number" : "' is no whole number"));
    }
}
