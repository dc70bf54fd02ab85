package org.wallwhale.store;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.wallwhale.config.Settings;

/** How long finished content stays. */
@Dependent
public class StoreConfig {
    private final int keepDays;
    private final long minFreeBytes;

    @Inject
    public StoreConfig(Settings settings) {
        keepDays = settings.wholeNumber("wallwhale.store.keep-days", 0, 36_500);
        minFreeBytes = settings.bytes("wallwhale.store.min-free-bytes", 0, Long.MAX_VALUE);
    }

    /** Empty means for ever. */
    Optional<Duration> keptFor() {
        return keepDays == 0 ? Optional.empty() : Optional.of(Duration.ofDays(keepDays));
    }

    /** That are to stay free on the store's disk. */
    public long minFreeBytes() {
        return minFreeBytes;
    }
}
