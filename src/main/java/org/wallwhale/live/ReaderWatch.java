package org.wallwhale.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.wallwhale.access.Caller;
import org.wallwhale.access.CallerService;

/** Looks after open streams once a second: who is gone, who does not read, who may no longer read, who heard nothing for long. */
@ApplicationScoped
class ReaderWatch {
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long SHORT_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int FEW = 8;
    private Predicate<Caller> isStillValid;

    ReaderWatch() {
    }

    @Inject
    ReaderWatch(CallerService callers) {
        this(callers::isStillValid);
    }

    ReaderWatch(Predicate<Caller> isStillValid) {
        this.isStillValid = isStillValid;
    }

    /** Never waits for the database, so that heartbeats come even while it is away. */
    void look(Collection<Reader> readers, long now) {
        long patience = patience(readers.stream().filter(reader -> reader.output().isWaiting()).count());
        for (Reader reader : readers) {
            EventOutput output = reader.output();
            if (output.isWaiting() && output.quietFor(now) > patience) {
                output.abort();
            } else if (!output.isWaiting() && output.quietFor(now) > HEARTBEAT_NANOS) {
                output.offer(reader.form() == Reader.Form.JSON ? Frame.HEARTBEAT_EVENT : Frame.HEARTBEAT);
                output.drain();
            }
        }
    }

    /** Closes the streams of those who may no longer read. */
    void check(Collection<Reader> readers) {
        Map<Caller, Boolean> valid = new HashMap<>();
        for (Reader reader : readers) {
            if (!valid.computeIfAbsent(reader.caller().whateverTheRequest(), isStillValid::test)) {
                reader.output().abort();
            }
        }
    }

    /** What a stalled client has not read lies in this server's memory, so many of them get less time than a few. */
    private static long patience(long stalled) {
        return stalled > FEW ? SHORT_PATIENCE_NANOS : PATIENCE_NANOS;
    }
}
