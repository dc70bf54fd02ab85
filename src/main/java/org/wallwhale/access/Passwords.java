package org.wallwhale.access;

import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    static boolean isLongEnough(String password) {
        int characters = password.codePointCount(0, password.length());
        return characters >= 12 && characters <= 128;
    }

    String hash(Secret password) {
        return bcrypt.hash(digest(password)).getResult();
    }

    /**
     * Takes the same time whether or not there is a user, as long as the user's hash has the cost of today: after a change of
     * the setting the time tells, until the user's next login.
     */
    boolean matches(Secret password, Optional<User> user) {
        String hash = user.map(User::passwordHash).orElse(nobodysHash);
        boolean matches = BcryptFunction.getInstanceFromHash(hash).check(digest(password), hash);
        return matches && user.isPresent();
    }

    /** True for a hash of another cost than the configured one. */
    boolean isOutdated(String hash) {
        return BcryptFunction.getInstanceFromHash(hash).getLogarithmicRounds() != bcrypt.getLogarithmicRounds();
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
