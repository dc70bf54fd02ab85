package org.wallwhale.rest;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.wallwhale.config.Settings;

/** How long slow clients are borne with. */
@Dependent
public class RestConfig {
    private final Duration stallAfter;
    private final Duration bodyWithin;

    @Inject
    public RestConfig(Settings settings) {
        stallAfter = settings.seconds("wallwhale.rest.stall-after-seconds", 1, 3600);
        bodyWithin = settings.seconds("wallwhale.rest.body-within-seconds", 1, 3600);
    }

    /** After this long without taking a byte the reader of a zip or file is dropped. */
    public Duration stallAfter() {
        return stallAfter;
    }

    /** So long a client may take to send the body of one request. */
    Duration bodyWithin() {
        return bodyWithin;
    }
}
