package org.wallwhale.worker;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.wallwhale.engine.Stop;

/** How one thread asks the run of another to end. The first reason wins, except that an overtaken run is always that. */
final class RunControl {
    private final AtomicReference<Stop> stop = new AtomicReference<>();
    private volatile boolean serverStopping;

    void end(Stop reason) {
        serverStopping |= reason == Stop.SHUTDOWN;
        if (reason == Stop.OVERTAKEN) {
            stop.set(reason);
        } else {
            stop.compareAndSet(null, reason);
        }
    }

    Optional<Stop> stop() {
        return Optional.ofNullable(stop.get());
    }

    /** Whatever the run ends by. */
    boolean isServerStopping() {
        return serverStopping;
    }
}
