package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.wallwhale.config.DataFolder;
import org.wallwhale.secret.Secret;

/**
 * The secrets that go with a session, under a key that lies in the data folder. A refresh token is {@code ww_refresh_} and the
 * Base64url of 32 random bytes, the session's id and 16 bytes of an HMAC-SHA-256 of both: every old token of a session is
 * known as such, however old, while one that is made up can end nobody's session.
 */
@ApplicationScoped
class SessionSecrets {
    private static final String LABEL = "ww_refresh_";
    private static final int RANDOM_BYTES = 32;
    private static final int BODY_BYTES = RANDOM_BYTES + 16;
    private static final int MAC_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private SecretKeySpec key;

    SessionSecrets() {
    }

    @Inject
    SessionSecrets(DataFolder folder) {
        key = new SecretKeySpec(folder.secret("session-key", () -> random(32)), "HmacSHA256");
    }

    Secret newRefreshToken(UUID session) {
        byte[] body = ByteBuffer.allocate(BODY_BYTES).put(random(RANDOM_BYTES))
                .putLong(session.getMostSignificantBits()).putLong(session.getLeastSignificantBits()).array();
        byte[] token = ByteBuffer.allocate(BODY_BYTES + MAC_BYTES).put(body).put(mac("refresh", body), 0, MAC_BYTES).array();
        return Secret.of(LABEL + encoded(token));
    }

    /** The session that this refresh token was made for, new or old; empty for whatever was not made here. */
    Optional<UUID> sessionOf(Secret refreshToken) {
        byte[] token = decoded(refreshToken.reveal());
        if (token.length != BODY_BYTES + MAC_BYTES) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOf(token, BODY_BYTES);
        byte[] mac = Arrays.copyOf(mac("refresh", body), MAC_BYTES);
        ByteBuffer id = ByteBuffer.wrap(body, RANDOM_BYTES, 16);
        return MessageDigest.isEqual(mac, Arrays.copyOfRange(token, BODY_BYTES, token.length))
                ? Optional.of(new UUID(id.getLong(), id.getLong())) : Optional.empty();
    }

    /** What a page must repeat in {@code X-CSRF-Token} when it writes by this session's cookie; the same as long as it lasts. */
    String csrfToken(UUID session) {
        return encoded(mac("csrf", session.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    /** {@code text} may be null. */
    boolean isCsrfToken(String text, UUID session) {
        return text != null && MessageDigest.isEqual(csrfToken(session).getBytes(StandardCharsets.US_ASCII),
                text.getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 in hex, which is enough for texts with so much randomness. */
    static String hash(Secret credential) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(credential.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private byte[] mac(String purpose, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decoded(String text) {
        try {
            return text.startsWith(LABEL) ? Base64.getUrlDecoder().decode(text.substring(LABEL.length())) : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
