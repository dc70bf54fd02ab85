package org.wallwhale.steam;

import java.time.Instant;
import java.util.Optional;

/** Who logs in for a download, or why nobody does. */
public sealed interface Choice {
    /** @param why the reason, a sentence for the download's log */
    record Taken(Seat seat, String why) implements Choice {
    }

    /**
     * There is a seat that may fetch it, but not now.
     *
     * @param sentence what it waits for
     * @param next when that is over; empty where nobody knows, or where it is this server's address alone that has to wait
     * @param needsHelp whether a person has to do something first
     */
    record Later(String sentence, Optional<Instant> next, boolean needsHelp) implements Choice {
    }

    /** No seat may fetch it. */
    record Never(String sentence) implements Choice {
    }
}
