package org.wallwhale.store;

import java.util.Base64;

/** The {@code Repr-Digest} header (RFC 9530, section 3): the digest of the whole representation, also beside a part of it. */
public final class ReprDigest {
    private ReprDigest() {
    }

    /** The header's value for the 32 bytes of a SHA-256. */
    public static String ofSha256(byte[] sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
    }
}
