package org.wallwhale.steam;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.wallwhale.secret.Secret;

/**
 * The codes of a Steam authenticator: HMAC-SHA-1 of the number of 30-second steps since 1970, cut to 31 bits as in RFC 4226, section
 * 5.3, and written as five characters of Steam's alphabet, the least significant first.
 */
public final class GuardCodes {
    private static final String ALPHABET = "23456789BCDFGHJKMNPQRTVWXY";
    private static final int LENGTH = 5;
    private static final long STEP_SECONDS = 30;
    private static final int SECRET_BYTES = 20;
    private final SecretKeySpec key;

    private GuardCodes(byte[] secret) {
        key = new SecretKeySpec(secret, "HmacSHA1");
    }

    /** @throws IllegalArgumentException for anything but the Base64 of 20 bytes */
    static GuardCodes of(Secret sharedSecret) {
        byte[] bytes = Base64.getDecoder().decode(sharedSecret.reveal());
        if (bytes.length != SECRET_BYTES) {
            throw new IllegalArgumentException("A shared secret has 20 bytes");
        }
        return new GuardCodes(bytes);
    }

    /** The code at that time. */
    public String at(Instant time) {
        byte[] hash = hash(Math.floorDiv(time.getEpochSecond(), STEP_SECONDS));
        int rest = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xF) & Integer.MAX_VALUE;
        StringBuilder code = new StringBuilder();
        for (int place = 0; place < LENGTH; place++) {
            code.append(ALPHABET.charAt(rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return code.toString();
    }

    private byte[] hash(long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(key);
            return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA1", e);
        }
    }
}
