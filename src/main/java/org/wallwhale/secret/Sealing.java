package org.wallwhale.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals values for the database: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits and a tag of 128. The stored text is
 * {@code v1:<key id>:<Base64 of nonce, ciphertext and tag>}; the place and the key's id are authenticated with it.
 *
 * <p>Rotation: add a key as the last line, then seal anew each value that {@link #needsResealing}, written only where the row still
 * holds the text that was opened ({@code update … where id = ? and sealed = ?}), so that no change of another is lost. Both keys
 * open meanwhile. When none needs it any longer, the old line can go.
 *
 * <p>One key is good for 2<sup>32</sup> values.
 */
public final class Sealing {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Pattern SEALED = Pattern.compile("v1:([0-9a-f]{16}):([A-Za-z0-9+/]+={0,2})");
    private static final SecureRandom RANDOM = new SecureRandom();
    private final Supplier<SealingKeys> keys;

    /** {@code keys} is asked each time, so that a new key needs no restart. */
    public Sealing(Supplier<SealingKeys> keys) {
        this.keys = keys;
    }

    /** Two calls never give the same text. */
    public String seal(Secret value, Place place) {
        SealingKeys ring = keys.get();
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] plain = value.reveal().getBytes(StandardCharsets.UTF_8);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, ring.find(ring.newest()).orElseThrow(), nonce, ring.newest(), place);
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return "v1:" + ring.newest() + ":" + Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + CIPHER, e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** @throws SealingException for a text that is no sealed one, of an unknown key, of another place, or changed */
    public Secret open(String sealed, Place place) {
        Matcher parts = parts(sealed, place);
        String id = parts.group(1);
        SecretKeySpec key = keys.get().find(id).orElseThrow(() -> new SealingException(place, "it was sealed with key " + id
                + ", which is not among the sealing keys; restore that key from a backup"));
        try {
            byte[] bytes = Base64.getDecoder().decode(parts.group(2));
            if (bytes.length < NONCE_BYTES + TAG_BITS / 8) {
                // The JDK throws what is no GeneralSecurityException.
                throw new IllegalArgumentException();
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(bytes, NONCE_BYTES), id, place);
            byte[] plain = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            Secret value = Secret.of(new String(plain, StandardCharsets.UTF_8));
            Arrays.fill(plain, (byte) 0);
            return value;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SealingException(place, "it was changed, or moved here from another row or column");
        }
    }

    /** True for what a key other than the newest has sealed. */
    public boolean needsResealing(String sealed, Place place) {
        return !parts(sealed, place).group(1).equals(keys.get().newest());
    }

    private static Matcher parts(String sealed, Place place) {
        Matcher parts = SEALED.matcher(sealed);
        if (!parts.matches()) {
            throw new SealingException(place, "it is no sealed text");
        }
        return parts;
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String id, Place place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("v1:" + id + ":" + place).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
