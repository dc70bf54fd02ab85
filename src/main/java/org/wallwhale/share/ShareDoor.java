package org.wallwhale.share;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.wallwhale.access.LoginThrottle;
import org.wallwhale.access.Passwords;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.secret.Secret;

/** The passwords of links, guessed at no faster than those of users. */
@ApplicationScoped
class ShareDoor {
    static final Duration PASS = Duration.ofHours(1);
    private Passwords passwords;
    private LoginThrottle throttle;
    private ShareLinks links;
    /** A program sends the password with each part that it asks for, and bcrypt is dear. */
    private final Cache<String, Boolean> right = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(10)).build();

    ShareDoor() {
    }

    @Inject
    ShareDoor(Passwords passwords, LoginThrottle throttle, ShareLinks links) {
        this.passwords = passwords;
        this.throttle = throttle;
        this.links = links;
    }

    /**
     * Null for null. UNPROCESSABLE for one that may not be set, TOO_MANY_REQUESTS when no core is free. Call it outside of a transaction.
     *
     * @param first is run before, so that nobody has a core work for what comes to nothing
     */
    String hash(Secret password, Runnable first) {
        if (password == null) {
            return null;
        }
        first.run();
        ShareTerms.demandPassword(password);
        return passwords.hash(password);
    }

    /** Another one for each password, and no use to whoever reads it; the same for all that have none. */
    String fingerprint(Secret password) {
        return password == null ? "" : links.fingerprint(password.reveal());
    }

    /** Whether somebody with this cookie, null for none, needs no password. */
    boolean isOpen(Standing link, String cookie) {
        return link.passwordHash().map(hash -> links.isPass(cookie, link.id(), hash, link.now())).orElse(true);
    }

    /** UNAUTHENTICATED for a wrong password, TOO_MANY_REQUESTS after too many. Call it outside of a transaction. */
    void demand(Standing link, Secret password, String address) {
        String hash = link.passwordHash().orElse(null);
        String remembered = links.remembered(link.id(), String.valueOf(hash), password.reveal());
        if (hash == null || right.getIfPresent(remembered) != null) {
            return;
        }
        String account = "share:" + link.id();
        throttle.demand(account, address);
        if (!isRight(password, hash, account, address)) {
            throw Problem.UNAUTHENTICATED.because("This is not the password of this link.");
        }
        throttle.succeeded(account, address);
        right.put(remembered, true);
    }

    private boolean isRight(Secret password, String hash, String account, String address) {
        try {
            return passwords.matches(password, hash);
        } catch (ProblemException e) {
            throttle.notTried(account, address);
            throw e;
        }
    }

    /** The value of the cookie for whoever sent the right password now. */
    String pass(Standing link) {
        Instant end = link.now().plus(PASS);
        return links.pass(link.id(), link.passwordHash().orElse(""), end);
    }
}
