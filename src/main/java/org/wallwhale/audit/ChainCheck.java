package org.wallwhale.audit;

import java.time.Instant;
import java.util.Optional;

/** Goes along a chain and finds the first link that is not as it was written. Needs no secret, and remembers one link only. */
public final class ChainCheck {
    private final long start;
    private long position;
    private String hash;
    private Instant from;
    private Instant until;
    private Long brokenAt;
    private AuditEntryView toldBreak;

    /** Goes on behind the link at {@code position}, which has this hash. */
    ChainCheck(long position, String hash) {
        start = position;
        this.position = position;
        this.hash = hash;
    }

    /** A sentence when {@code next} does not follow the link before, or is not what its hash was made of. */
    Optional<String> follow(AuditEntryView next) {
        if (next.position() != position + 1) {
            brokenAt = position + 1;
            return Optional.of("Entry " + brokenAt + " is missing.");
        }
        if (!next.hashAfter(hash).equals(next.hash())) {
            brokenAt = next.position();
            return Optional.of("Entry " + brokenAt + ", " + next.id() + ", was changed after it was written.");
        }
        position = next.position();
        hash = next.hash();
        from = from == null ? next.writtenAt() : from;
        until = next.writtenAt();
        toldBreak = toldBreak == null && next.tellsOfABreak() ? next : toldBreak;
        return Optional.empty();
    }

    /** A sentence when the chain should go on, or end in another way: both ends are signed, so somebody knows. */
    Optional<String> endAt(long lastPosition, String lastHash) {
        if (position != lastPosition) {
            brokenAt = position + 1;
            return Optional.of("The chain ends with entry " + position + ", but entry " + lastPosition + " was written.");
        }
        return hash.equals(lastHash) ? end() : Optional.of("The last entry, " + position + ", is not the one that was "
                + "signed: entries were changed, and the hashes behind them made anew.");
    }

    /** A sentence when an entry tells that something was wrong when it was written, though it is no longer. */
    Optional<String> end() {
        return Optional.ofNullable(toldBreak).map(entry -> {
            brokenAt = entry.position();
            return "Entry " + brokenAt + ", of " + entry.writtenAt() + ", tells: " + entry.detail();
        });
    }

    long start() {
        return start;
    }

    long links() {
        return position - start;
    }

    long position() {
        return position;
    }

    String hash() {
        return hash;
    }

    Instant from() {
        return from;
    }

    Instant until() {
        return until;
    }

    Long brokenAt() {
        return brokenAt;
    }
}
