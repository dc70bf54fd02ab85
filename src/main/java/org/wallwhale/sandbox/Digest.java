package org.wallwhale.sandbox;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests that every JDK has. */
final class Digest {
    private Digest() {
    }

    static byte[] of(String algorithm, byte[] content) {
        return named(algorithm).digest(content);
    }

    static String hex(String algorithm, byte[] content) {
        return HexFormat.of().formatHex(of(algorithm, content));
    }

    static MessageDigest named(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
