package org.wallwhale.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an API key: {@code ww_<kind>_<30 random base62><6 base62 CRC-32 of all before>}. The checksum lets a mistyped or
 * made-up key be refused without asking the database, and secret scanners tell a real key from noise.
 */
final class ApiKeyText {
    static final String LIVE = "live";
    static final String TEST = "test";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final Pattern SHAPE = Pattern.compile("ww_(live|test)_[0-9A-Za-z]{36}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private final String text;

    private ApiKeyText(String text) {
        this.text = text;
    }

    static ApiKeyText fresh(String kind) {
        StringBuilder body = new StringBuilder("ww_").append(kind).append('_');
        RANDOM.ints(30, 0, DIGITS.length()).forEach(digit -> body.append(DIGITS.charAt(digit)));
        return new ApiKeyText(body + checksum(body.toString()));
    }

    /** Empty when the shape or the checksum is wrong. */
    static Optional<ApiKeyText> parse(String text) {
        int body = text.length() - 6;
        return SHAPE.matcher(text).matches() && checksum(text.substring(0, body)).equals(text.substring(body))
                ? Optional.of(new ApiKeyText(text)) : Optional.empty();
    }

    String kind() {
        return text.substring(3, 7);
    }

    /** The first twelve characters, for lists. */
    String prefix() {
        return text.substring(0, 12);
    }

    String lastFour() {
        return text.substring(text.length() - 4);
    }

    String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return prefix() + "…";
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[6];
        long rest = crc.getValue();
        for (int i = digits.length - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }
}
