package org.wallwhale.download;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import java.util.UUID;
import org.wallwhale.database.NullableIdConverter;
import org.wallwhale.steam.Seat;

/** What a download logs in to Steam with. An account is in use while a download of its seat runs, which nobody has to free. */
@Embeddable
class Seating {
    @Column(name = "needs_login")
    private boolean needed;
    @Column(name = "waits_for")
    private String waitsFor = "";
    @Column(name = "seat_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID seatId;
    @Column(name = "seat_alias")
    private String alias;

    Seating() {
    }

    void take(Seat seat) {
        seatId = seat.id();
        alias = seat.alias();
    }

    /** Nothing is taken by a claim that has only begun. */
    void leave() {
        seatId = null;
        alias = null;
    }

    /** What it waits for is written by {@link SeatingRepository#sort}. */
    void needed(boolean isNeeded) {
        needed = isNeeded;
        waitsFor = "";
    }

    /** Whether it is known to wait for a seat. */
    boolean isNeeded() {
        return needed;
    }

    /** Null before the first, and for what needs no login. */
    UUID seatId() {
        return seatId;
    }

    /** The account's; null for an anonymous login. */
    String alias() {
        return alias;
    }
}
