package org.wallwhale.share;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The text of a link: the base62 of its share's id and of 128 bits that prove it, which only the server can make or judge. */
public final class LinkText {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int HALF_BYTES = 16;
    /** As many digits as 256 bits need. */
    private static final int LENGTH = 43;
    private static final Pattern SHAPE = Pattern.compile("[0-9A-Za-z]{" + LENGTH + "}");

    private LinkText() {
    }

    /** The first 128 bits of {@code proof} count. */
    static String of(UUID share, byte[] proof) {
        byte[] bytes = ByteBuffer.allocate(2 * HALF_BYTES).putLong(share.getMostSignificantBits()).putLong(share.getLeastSignificantBits())
                .put(proof, 0, HALF_BYTES).array();
        char[] digits = new char[LENGTH];
        BigInteger rest = new BigInteger(1, bytes);
        for (int i = LENGTH - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(digits);
    }

    /** The share that a link says to be of, whether that is true or not; empty for what is no text of a link. */
    public static Optional<UUID> share(String text) {
        if (!SHAPE.matcher(text).matches()) {
            return Optional.empty();
        }
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < LENGTH; i++) {
            number = number.multiply(BASE).add(BigInteger.valueOf(DIGITS.indexOf(text.charAt(i))));
        }
        BigInteger id = number.shiftRight(8 * HALF_BYTES);
        return id.bitLength() > 8 * HALF_BYTES ? Optional.empty() : Optional.of(new UUID(id.shiftRight(64).longValue(), id.longValue()));
    }
}
