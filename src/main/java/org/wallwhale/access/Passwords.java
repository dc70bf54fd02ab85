package org.wallwhale.access;

import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.wallwhale.secret.Secret;

/**
 * Passwords as bcrypt hashes. bcrypt looks at 72 bytes only, so it is given the Base64 of the password's SHA-384 (64 bytes), and
 * every character of a long password counts.
 */
@ApplicationScoped
class Passwords {
    private BcryptFunction bcrypt;
    private String nobodysHash;

    Passwords() {
    }

    @Inject
    Passwords(AccessConfig config) {
        bcrypt = BcryptFunction.getInstance(Bcrypt.B, config.bcryptCost());
        nobodysHash = hash(Secret.of("nobody has this password"));
    }

    /** 144 random bits that can be typed and sent in any header. */
    static Secret random() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        return Secret.of(Base64.getUrlEncoder().encodeToString(random));
    }

    String hash(Secret password) {
        return bcrypt.hash(digest(password)).getResult();
    }

    /** Takes the same time whether or not there is a user. */
    boolean matches(Secret password, Optional<User> user) {
        String hash = user.map(User::passwordHash).orElse(nobodysHash);
        boolean matches = BcryptFunction.getInstanceFromHash(hash).check(digest(password), hash);
        return matches && user.isPresent();
    }

    private static String digest(Secret password) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-384").digest(password.reveal().getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-384", e);
        }
    }
}
