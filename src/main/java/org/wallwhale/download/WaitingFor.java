package org.wallwhale.download;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/** Says why a download waits, by the conditions of the claim. */
final class WaitingFor {
    private WaitingFor() {
    }

    static Optional<String> sentence(Download download, Instant now, Supplier<HeldBack> heldBack) {
        if (download.status() != Status.QUEUED) {
            return Optional.empty();
        }
        Instant startAt = download.attempts().startAt();
        if (startAt != null && startAt.isAfter(now) && download.seating().isNeeded()) {
            Optional<String> login = heldBack.get().login(download);
            if (login.isPresent()) {
                return login;
            }
        }
        if (startAt != null && startAt.isAfter(now)) {
            String time = startAt.truncatedTo(ChronoUnit.SECONDS).toString();
            return Optional.of(download.attempts().error().isPresent() ? "It failed and is tried again at " + time + "." : "It starts at " + time + ".");
        }
        return heldBack.get().sentence(download).or(() -> Optional.of("It waits for a free download slot."));
    }

    /** The same as a word, for figures; of a queued download. */
    static String word(Download download, Instant now, HeldBack heldBack) {
        Instant startAt = download.attempts().startAt();
        if (startAt != null && startAt.isAfter(now)) {
            return download.seating().isNeeded() && heldBack.login(download).isPresent() ? "login"
                    : download.attempts().error().isPresent() ? "backoff" : "start_at";
        }
        return heldBack.word(download).orElse("slot");
    }
}
