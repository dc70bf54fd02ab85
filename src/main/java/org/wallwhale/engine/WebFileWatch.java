package org.wallwhale.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** Looks after one web file while it comes: tells how far it is, and ends what is stopped, stands still, lasts too long or fills the disk. */
final class WebFileWatch {
    private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** The database and the logs lie on the same disk, as a rule. */
    private static final long RESERVE_BYTES = 64 << 20;
    private final WebFileFetch fetch;
    private final FetchListener listener;
    private final EngineConfig config;
    private final ToLongFunction<Path> freeBytes;
    private final ProgressMeter meter = new ProgressMeter();
    private final long startedAt = System.nanoTime();
    private long progressAt = startedAt;
    private long aliveAt = startedAt;
    private long bytesBefore = -1;

    WebFileWatch(WebFileFetch fetch, FetchListener listener, EngineConfig config, ToLongFunction<Path> freeBytes) {
        this.fetch = fetch;
        this.listener = listener;
        this.config = config;
        this.freeBytes = freeBytes;
    }

    /**
     * Why the run ends now; empty to go on.
     *
     * @param sink what is being written; null before that
     * @param total bytes that the file will have; -1 while unknown
     */
    Optional<Outcome> look(WebFileSink sink, long total) {
        long now = System.nanoTime();
        long bytes = sink == null ? 0 : sink.bytes();
        if (bytes != bytesBefore) {
            bytesBefore = bytes;
            aliveAt = now;
        }
        if (sink != null && now - progressAt > PROGRESS_NANOS) {
            progressAt = now;
            listener.progress(meter.measured(bytes, total, now));
        }
        return stopped().or(() -> watched(now)).or(() -> sink == null ? Optional.empty() : fullDisk(bytes, total));
    }

    Optional<Outcome> stopped() {
        return listener.stop().map(stop -> new Outcome.NotFetched(Reason.STOPPED, "The download was stopped.", -1));
    }

    private Optional<Outcome> watched(long now) {
        if (now - startedAt > fetch.maxRuntime().toNanos()) {
            return Optional.of(new Outcome.NotFetched(Reason.TIMED_OUT,
                    "The download took longer than " + fetch.maxRuntime().toSeconds() + " seconds.", -1));
        }
        return now - aliveAt <= config.stallAfter().toNanos() ? Optional.empty() : Optional.of(new Outcome.NotFetched(Reason.STALLED,
                "Nothing arrived for " + config.stallAfter().toSeconds() + " seconds.", -1));
    }

    /** How large a file of unknown length becomes nobody knows: it may have what is free above the mark at which nothing new is started. */
    private Optional<Outcome> fullDisk(long bytes, long total) {
        long wanted = total < 0 ? Math.max(RESERVE_BYTES, config.minFreeBytes()) : total - bytes + RESERVE_BYTES;
        long lacking = wanted - freeBytes.applyAsLong(fetch.target());
        return lacking <= 0 ? Optional.empty() : Optional.of(new Outcome.NotFetched(Reason.DISK_FULL,
                "The disk has no room for the file of this item: it lacks " + lacking + " bytes.", -1));
    }
}
