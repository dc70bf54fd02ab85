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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.secret.Secret;

/**
 * Passwords as bcrypt hashes. bcrypt looks at 72 bytes only, so it is given the Base64 of the password's SHA-384 (64 bytes), and
 * every character of a long password counts.
 */
@ApplicationScoped
public class Passwords {
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final long PATIENCE_MILLIS = 5000;
    /** For those who run and those who wait: each holds a thread of the server. */
    private final Semaphore places = new Semaphore(5 * CORES);
    private final Semaphore cores = new Semaphore(CORES, true);
    private BcryptFunction bcrypt;
    private String nobodysHash;

    Passwords() {
    }

    @Inject
    Passwords(AccessConfig config) {
        bcrypt = BcryptFunction.getInstance(Bcrypt.B, config.bcryptCost());
        nobodysHash = hashed(Secret.of("nobody has this password"));
    }

    /** 144 random bits that can be typed and sent in any header. */
    static Secret random() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        return Secret.of(Base64.getUrlEncoder().encodeToString(random));
    }

    /** bcrypt's own text, with its salt and cost. It takes as long as {@link #matches(Secret, String)}, and fails as that does. */
    public String hash(Secret password) {
        return inTurn(() -> hashed(password));
    }

    private String hashed(Secret password) {
        return bcrypt.hash(digest(password)).getResult();
    }

    /**
     * Takes the same time whether or not there is a user, as long as the user's hash has the cost of today: about a quarter of a
     * second of one core. Call it outside of a transaction. TOO_MANY_REQUESTS when no core is free within five seconds, or too
     * many wait for one already.
     */
    boolean matches(Secret password, Optional<User> user) {
        Optional<String> hash = user.filter(User::hasPassword).map(User::passwordHash);
        return matches(password, hash.orElse(nobodysHash)) && hash.isPresent();
    }

    /** As for a user, with a hash that is kept elsewhere. */
    public boolean matches(Secret password, String hash) {
        return inTurn(() -> BcryptFunction.getInstanceFromHash(hash).check(digest(password), hash));
    }

    <T> T inTurn(Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw busy();
        }
        try {
            return onCore(work);
        } finally {
            places.release();
        }
    }

    private <T> T onCore(Supplier<T> work) {
        if (!findCore()) {
            throw busy();
        }
        try {
            return work.get();
        } finally {
            cores.release();
        }
    }

    private boolean findCore() {
        try {
            return cores.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ProblemException busy() {
        return Problem.TOO_MANY_REQUESTS.overLimit("The server checks as many passwords as it can right now; try again in 2 s.",
                List.of("login"), 2);
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
