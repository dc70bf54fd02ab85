package org.wallwhale.steam;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** How Steam takes logins from one outgoing address. Written by other statements only. */
@Entity
@Table(name = "steam_addresses")
class Address {
    @Id
    @Column(name = "address")
    private String name;
    @Column(name = "rate_limited_until", insertable = false, updatable = false)
    private Instant rateLimitedUntil;
    @Column(name = "rate_limits", insertable = false, updatable = false)
    private int rateLimits;
    @Column(name = "next_login_at", insertable = false, updatable = false)
    private Instant nextLoginAt;

    Address() {
    }

    String name() {
        return name;
    }

    /** In a row. */
    int rateLimits() {
        return rateLimits;
    }

    /** Because Steam told somebody from here to wait. */
    boolean rests(Instant now) {
        return rateLimitedUntil != null && now.isBefore(rateLimitedUntil);
    }

    /** When the next login may come from here; empty for now. */
    Optional<Instant> opensAt(Instant now) {
        return Stream.of(Optional.ofNullable(rateLimitedUntil), Optional.ofNullable(nextLoginAt)).flatMap(Optional::stream)
                .filter(now::isBefore).max(Instant::compareTo);
    }
}
