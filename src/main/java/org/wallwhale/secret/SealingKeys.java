package org.wallwhale.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that seal values, oldest first. As a text: one key a line, each the Base64 of 32 random bytes, as
 * {@code openssl rand -base64 32} writes them. The last one seals, all of them open. A key's id is made of the key itself, so that
 * no other key can pass for it.
 */
public final class SealingKeys {
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 8;
    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
    private String newest;

    private SealingKeys() {
    }

    /** @throws IllegalArgumentException with the end of a sentence about a file, which names the line and holds nothing of it */
    public static SealingKeys of(Secret text) {
        SealingKeys ring = new SealingKeys();
        List<String> lines = text.reveal().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            ring.add(lines.get(i).strip(), i + 1);
        }
        if (ring.keys.isEmpty()) {
            throw new IllegalArgumentException("it holds no key: \"openssl rand -base64 32\" writes one");
        }
        return ring;
    }

    /** A line with a new key. */
    public static Secret newLine() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Secret.of(Base64.getEncoder().encodeToString(key) + "\n");
    }

    /** The id of the key that seals. */
    String newest() {
        return newest;
    }

    Optional<SecretKeySpec> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    private void add(String line, int number) {
        byte[] key = decoded(line);
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("its line " + number + " is no key: each must be the Base64 of " + KEY_BYTES
                    + " random bytes, as \"openssl rand -base64 32\" writes them");
        }
        newest = id(key);
        keys.put(newest, new SecretKeySpec(key, "AES"));
    }

    private static byte[] decoded(String line) {
        try {
            return Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static String id(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal("wallwhale sealing key id".getBytes(StandardCharsets.US_ASCII)), 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
