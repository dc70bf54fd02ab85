package org.wallwhale.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.wallwhale.problem.Problem;
import org.wallwhale.secret.Secret;

/**
 * Which passwords may be set: 12 to 128 characters of any kind, all of which count, and not one that is guessed at once. How hard
 * a password is to guess is the least number of pieces it can be put together from: a character is one piece, and so is a whole
 * common word, a sequence, a row of keys, a year, a repetition, and a part of the user's own address.
 */
final class PasswordRules {
    private static final int FEWEST = 12;
    private static final int MOST = 128;
    private static final int PIECES = 6;
    private static final int SHORTEST_RUN = 3;
    private static final List<String> WORDS = words();
    private static final List<String> KEYS = Stream.of("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm",
            "azertyuiop", "qsdfghjklm", "wxcvbn", "!@#$%^&*()", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0",
            "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "qazwsxedcrfvtgbyhnujmikolp", "zaq1xsw2cde3vfr4bgt5nhy6mju7", "1a2b3c4d5e6f7g8h9i0j",
            "a1b2c3d4e5f6g7h8i9j0", "abcdefghijklmnopqrstuvwxyz").flatMap(row -> Stream.of(row, new StringBuilder(row).reverse().toString())).toList();
    /** What stands for a letter. */
    private static final Map<Character, String> STAND_INS = Map.of('a', "@4", 'e', "3", 'i', "1!", 'l', "1!", 'o', "0", 's', "$5",
            't', "7+", 'b', "8", 'g', "9");

    private PasswordRules() {
    }

    static boolean isLongEnough(String password) {
        int characters = password.codePointCount(0, password.length());
        return characters >= FEWEST && characters <= MOST;
    }

    /** UNPROCESSABLE, with the reason, for a password that must not be set; {@code pointer} is its member of the body. */
    static void demand(String pointer, Secret password, String email) {
        fault(password, email).ifPresent(fault -> {
            throw Problem.UNPROCESSABLE.at(pointer, "The password " + fault + ".");
        });
    }

    /** What is wrong with it, as the end of a sentence; empty when it may be set. */
    static Optional<String> fault(Secret password, String email) {
        String text = password.reveal();
        if (!isLongEnough(text)) {
            return Optional.of("must have from " + FEWEST + " to " + MOST + " characters");
        }
        return pieces(text.toLowerCase(Locale.ROOT), email.toLowerCase(Locale.ROOT)) < PIECES
                ? Optional.of("is guessed too easily: it is little more than common words, names, your mail address, sequences, rows of "
                        + "keys or repetitions. Take four words that have nothing to do with each other")
                : Optional.empty();
    }

    /** The fewest pieces that the text up to each place can be put together from. */
    private static int pieces(String text, String email) {
        List<String> words = new ArrayList<>(WORDS);
        words.add(email);
        Stream.of(email.split("[^\\p{L}\\p{N}]+")).filter(part -> part.length() >= SHORTEST_RUN).forEach(words::add);
        int[] fewest = new int[text.length() + 1];
        for (int end = 1; end <= text.length(); end++) {
            fewest[end] = fewest[end - 1] + 1;
            for (int start = 0; start <= end - SHORTEST_RUN; start++) {
                if (fewest[start] + 1 < fewest[end] && isOnePiece(text, start, end, words)) {
                    fewest[end] = fewest[start] + 1;
                }
            }
        }
        return fewest[text.length()];
    }

    private static boolean isOnePiece(String text, int start, int end, List<String> words) {
        String piece = text.substring(start, end);
        return piece.matches("(19|20)[0-9]{2}") || isSequence(piece) || KEYS.stream().anyMatch(row -> row.contains(piece))
                || repeatsWhatIsBefore(text, start, end) || words.stream().anyMatch(word -> isWritten(word, piece));
    }

    /** The same character, or the next one up or down, again and again. */
    private static boolean isSequence(String piece) {
        int step = piece.charAt(1) - piece.charAt(0);
        for (int i = 1; i < piece.length(); i++) {
            if (piece.charAt(i) - piece.charAt(i - 1) != step) {
                return false;
            }
        }
        return Math.abs(step) <= 1;
    }

    private static boolean repeatsWhatIsBefore(String text, int start, int end) {
        for (int period = 1; period <= start; period++) {
            if (text.regionMatches(start, text, start - period, end - start)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWritten(String word, String piece) {
        if (word.length() != piece.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            char written = piece.charAt(i);
            if (letter != written && STAND_INS.getOrDefault(letter, "").indexOf(written) < 0) {
                return false;
            }
        }
        return true;
    }

    private static List<String> words() {
        try (InputStream in = PasswordRules.class.getResourceAsStream("easy-words.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Stream.of(line.strip().split(" +"))).filter(word -> word.length() >= SHORTEST_RUN).distinct().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The list of easy words cannot be read", e);
        }
    }
}
