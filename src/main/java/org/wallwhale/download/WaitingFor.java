package org.wallwhale.download;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Says why a download waits, by the conditions of the claim. */
final class WaitingFor {
    private WaitingFor() {
    }

    static Optional<String> sentence(Download download, Instant now, BooleanSupplier sameItemRuns) {
        if (download.status() != Status.QUEUED) {
            return Optional.empty();
        }
        Instant startAt = download.attempts().startAt();
        if (startAt != null && startAt.isAfter(now)) {
            String time = startAt.truncatedTo(ChronoUnit.SECONDS).toString();
            return Optional.of(download.attempts().error().isPresent() ? "It failed and is tried again at " + time + "." : "It starts at " + time + ".");
        }
        return Optional.of(sameItemRuns.getAsBoolean() ? "The same item is being fetched." : "It waits for a free download slot.");
    }
}
