package org.wallwhale.share;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.wallwhale.config.DataFolder;

/**
 * What links and the cookies of those who know a password consist of, under a key that lies in the data folder. What proves a link is
 * an HMAC-SHA-256 of its share's id: its owner can see it again, nobody can make one up, and one that is made
 * up is known as such without a look at the database.
 */
@ApplicationScoped
class ShareLinks {
    private static final int HALF_BYTES = 16;
    private SecretKeySpec key;

    ShareLinks() {
    }

    @Inject
    ShareLinks(DataFolder folder) {
        key = new SecretKeySpec(folder.key(ShareConfig.LINK_KEY), "HmacSHA256");
    }

    String token(UUID share) {
        return LinkText.of(share, mac("link", share.toString()));
    }

    /** The share that this is the link of; empty for whatever was not made here. */
    Optional<UUID> shareOf(String token) {
        return LinkText.share(token).filter(share -> isSame(token, token(share)));
    }

    /** The value of the cookie of somebody who knew the password until {@code end}; another password makes it worthless. */
    String pass(UUID share, String passwordHash, Instant end) {
        return end.getEpochSecond() + "." + sealed("pass", share + " " + end.getEpochSecond() + " " + passwordHash);
    }

    /** {@code value} may be null. */
    boolean isPass(String value, UUID share, String passwordHash, Instant now) {
        String[] parts = value == null ? new String[0] : value.split("\\.", 2);
        if (parts.length < 2 || !parts[0].matches("[0-9]{1,12}")) {
            return false;
        }
        Instant end = Instant.ofEpochSecond(Long.parseLong(parts[0]));
        return now.isBefore(end) && isSame(value, pass(share, passwordHash, end));
    }

    /** What a password that was right is remembered by: it cannot be told from that. */
    String remembered(UUID share, String passwordHash, String password) {
        return sealed("password", share + " " + passwordHash + " " + password);
    }

    /** What a password is recognised by in a call that is sent again. */
    String fingerprint(String password) {
        return sealed("call", password);
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private String sealed(String purpose, String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac(purpose, text), HALF_BYTES * 2));
    }

    private byte[] mac(String purpose, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(("share " + purpose + " " + text).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
