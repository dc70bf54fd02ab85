package org.wallwhale.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The arithmetic of the chain: hex text of SHA-256, and of HMAC-SHA-256 where a secret is needed to make it. */
final class ChainHash {
    /** What the first entry of all follows. */
    static final String BEFORE_THE_FIRST = "0".repeat(64);

    private ChainHash() {
    }

    /** Each member goes in with its length, so that no two lists of members look alike. */
    static String of(Object... members) {
        return HexFormat.of().formatHex(sha256(text(members)));
    }

    static String signed(byte[] key, Object... members) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text(members)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static byte[] text(Object... members) {
        StringBuilder text = new StringBuilder();
        for (Object member : members) {
            String one = member == null ? "" : member.toString();
            text.append(member == null ? "-" : one.length()).append(':').append(one);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
