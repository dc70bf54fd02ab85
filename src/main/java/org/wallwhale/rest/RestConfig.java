package org.wallwhale.rest;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.wallwhale.config.Settings;

/** How long slow clients are borne with. */
@Dependent
public class RestConfig {
    private final Duration stallAfter;
    private final Duration bodyWithin;
    private final Optional<Integer> tlsPort;

    @Inject
    public RestConfig(Settings settings) {
        stallAfter = settings.seconds("wallwhale.rest.stall-after-seconds", 1, 3600);
        bodyWithin = settings.seconds("wallwhale.rest.body-within-seconds", 1, 3600);
        int port = settings.wholeNumber("wallwhale.http.port", 1, 65_535);
        tlsPort = settings.onOff("wallwhale.tls.enabled") ? Optional.of(port) : Optional.empty();
    }

    /** After this long without taking a byte the reader of a zip or file is dropped. */
    public Duration stallAfter() {
        return stallAfter;
    }

    /** Where this server speaks TLS by itself, and answers nothing without it; empty where it does not. */
    Optional<Integer> tlsPort() {
        return tlsPort;
    }

    /** So long a client may take to send the body of one request. */
    Duration bodyWithin() {
        return bodyWithin;
    }
}
