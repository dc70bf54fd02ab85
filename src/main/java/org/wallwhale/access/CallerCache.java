package org.wallwhale.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.wallwhale.audit.Actor;
import org.wallwhale.cluster.NewsMissed;
import org.wallwhale.cluster.Notified;
import org.wallwhale.cluster.Notifier;

/**
 * What was found out about credentials, by their hashes. That a signature is right stays known for 30 seconds. Whose credential
 * it is stays known for half a second, so that not every call asks the database, and no longer than until a change here, or one that
 * another instance tells of: a revocation takes effect at once, and within a second where no notification comes through.
 */
@ApplicationScoped
class CallerCache {
    private static final String TOPIC = "callers";
    private static final int MOST = 10_000;
    private static final Duration SIGNATURE_KNOWN = Duration.ofSeconds(30);
    private static final long CALLER_KNOWN_NANOS = Duration.ofMillis(500).toNanos();
    private final Cache<String, VerifiedToken> tokens = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(SIGNATURE_KNOWN).build();
    private final Cache<Credential, Known> callers = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(SIGNATURE_KNOWN).build();
    private final AtomicLong changes = new AtomicLong();
    private final LongSupplier nanoTime;
    @Inject
    private Notifier others;
    @Inject
    private Event<CallersChanged> changed;

    CallerCache() {
        this(System::nanoTime);
    }

    CallerCache(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** With the address, because a key may be good from some addresses only. */
    private record Credential(String hash, String address) {
    }

    private record Known(Optional<Caller> caller, long change, long since) {
    }

    /** A token that was verified a short time ago and has not ended since. */
    Optional<VerifiedToken> token(String hash) {
        return Optional.ofNullable(tokens.getIfPresent(hash)).filter(token -> Instant.now().isBefore(token.expiresAt()));
    }

    void add(String hash, VerifiedToken token) {
        tokens.put(hash, token);
    }

    /** Whose credential it is, for a request of {@code stranger}; empty for nobody's. */
    Optional<Caller> caller(String hash, Actor stranger, Supplier<Optional<Caller>> find) {
        Credential credential = new Credential(hash, stranger.address());
        Known known = callers.getIfPresent(credential);
        // read before the database is: what changes meanwhile counts
        long change = changes.get();
        long now = nanoTime.getAsLong();
        if (known == null || known.change() != change || now - known.since() > CALLER_KNOWN_NANOS) {
            known = new Known(find.get(), change, now);
            callers.put(credential, known);
        }
        return known.caller().map(caller -> caller.by(stranger));
    }

    /** Everything about callers is asked for again. */
    void forget() {
        changes.incrementAndGet();
    }

    void onUserChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) UserChanged event) {
        changedHere();
    }

    void onSessionsEnded(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionsEnded event) {
        changedHere();
    }

    void onKeyChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApiKeyChanged event) {
        changedHere();
    }

    private void changedHere() {
        others.tell(TOPIC, "");
        changed();
    }

    void hear(@Observes Notified news) {
        if (news.topic().equals(TOPIC)) {
            changed();
        }
    }

    void hear(@Observes NewsMissed event) {
        changed();
    }

    private void changed() {
        forget();
        changed.fire(new CallersChanged());
    }
}
