package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wallwhale.audit.Actor;

class CallerCacheTest {
    private static final Actor STRANGER = Actor.stranger("192.0.2.1", "first");
    private final Caller caller = Callers.of(UUID.randomUUID(), "download:read");
    private long now;
    private int looked;
    private final CallerCache cache = new CallerCache(() -> now);

    @Test
    void aCallerIsKnownForHalfASecond() {
        find(STRANGER);
        now += Duration.ofMillis(500).toNanos();
        find(STRANGER);
        assertThat(looked).isEqualTo(1);
        now += 1;
        find(STRANGER);
        assertThat(looked).isEqualTo(2);
    }

    @Test
    void aChangeIsSeenAtOnce() {
        find(STRANGER);
        cache.forget();
        assertThat(cache.caller("hash", STRANGER, Optional::empty)).isEmpty();
    }

    @Test
    void aChangeDuringTheLookUpIsNotMissed() {
        cache.caller("hash", STRANGER, () -> {
            Optional<Caller> beforeTheChange = Optional.of(caller);
            cache.forget();
            return beforeTheChange;
        });
        assertThat(cache.caller("hash", STRANGER, Optional::empty)).isEmpty();
    }

    @Test
    void eachRequestKeepsItsOwnIdAndAnotherAddressIsLookedAtAnew() {
        find(STRANGER);
        assertThat(find(Actor.stranger("192.0.2.1", "second")).actor().requestId()).isEqualTo("second");
        assertThat(looked).isEqualTo(1);
        assertThat(find(Actor.stranger("192.0.2.2", "third")).actor().address()).isEqualTo("192.0.2.2");
        assertThat(looked).isEqualTo(2);
    }

    @Test
    void aFailureIsNotKept() {
        assertThatThrownBy(() -> cache.caller("hash", STRANGER, () -> {
            throw new IllegalStateException("the database is away");
        })).hasMessage("the database is away");
        assertThat(find(STRANGER).userId()).isEqualTo(caller.userId());
    }

    @Test
    void aTokenIsNotKnownBeyondItsEnd() {
        cache.add("over", token(Instant.now().minusSeconds(1)));
        cache.add("live", token(Instant.now().plusSeconds(60)));
        assertThat(cache.token("over")).isEmpty();
        assertThat(cache.token("live")).isPresent();
        assertThat(cache.token("unknown")).isEmpty();
    }

    private Caller find(Actor stranger) {
        return cache.caller("hash", stranger, () -> {
            looked++;
            return Optional.of(caller);
        }).orElseThrow();
    }

    private static VerifiedToken token(Instant end) {
        return new VerifiedToken(() -> "somebody", UUID.randomUUID().toString(), Optional.empty(), Set.of(), Instant.EPOCH, end, Optional.empty());
    }
}
