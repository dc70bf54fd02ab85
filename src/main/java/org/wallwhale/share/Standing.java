package org.wallwhale.share;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Limits;
import org.wallwhale.access.Scope;
import org.wallwhale.audit.Actor;

/**
 * A link that is good.
 *
 * @param bytesPerSecond 0 for as many as go
 * @param now by the database's clock
 */
record Standing(UUID id, UUID ownerId, Shared what, Optional<String> passwordHash, Instant expiresAt, Optional<Integer> maxDownloads,
        long bytesPerSecond, Optional<Instant> notedAt, Instant now) {
    static final Duration NOTED_EVERY = Duration.ofHours(1);
    /** As much as networks hold of what never arrives, at most. */
    private static final long FOR_BREAKS = 16L << 20;

    static Standing of(Share share, Instant now) {
        return new Standing(share.id(), share.userId(), share.what(), Optional.ofNullable(share.passwordHash()), share.expiresAt(),
                Optional.ofNullable(share.maxDownloads()), Optional.ofNullable(share.bytesPerSecond()).orElse(0L),
                Optional.ofNullable(share.notedAt()), now);
    }

    /** What goes on together, and ends together. */
    Object right(String address) {
        return List.of(id, passwordHash, address);
    }

    /** Of all bytes that may be sent: what breaks lose has an allowance, which is never another whole download. */
    long most(long zipBytes) {
        return maxDownloads.map(count -> Math.min(zipBytes, Long.MAX_VALUE / 2 / count) * count + Math.min(zipBytes / 2, FOR_BREAKS))
                .orElse(Long.MAX_VALUE);
    }

    boolean isNoted() {
        return notedAt.filter(noted -> noted.isAfter(now.minus(NOTED_EVERY))).isPresent();
    }

    /** Whose eyes its visitors see with. */
    Caller owner() {
        return new Caller(Actor.server().as(ownerId, Optional.empty()), Set.of(Scope.DOWNLOAD_READ), false, Limits.DEFAULTS,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }
}
