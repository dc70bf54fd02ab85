package org.wallwhale.live;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.wallwhale.config.Settings;

/** How many may listen. */
@Dependent
public class LiveConfig {
    private final int maxStreams;

    @Inject
    public LiveConfig(Settings settings) {
        maxStreams = settings.wholeNumber("wallwhale.live.max-streams", 1, 100_000);
    }

    /** Open streams of this instance, all callers together. */
    int maxStreams() {
        return maxStreams;
    }
}
