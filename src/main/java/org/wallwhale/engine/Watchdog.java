package org.wallwhale.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * Notices that a run no longer moves: the tool itself retries without end. Signs of life are meaningful lines, growth on the
 * disk and, while an existing file is checked, work of the processor. All times are {@link System#nanoTime()}.
 */
final class Watchdog {
    /** More than folders and empty files take, which the tool makes while it still checks others: content arrives, all is checked. */
    private static final long CONTENT_BYTES = 1 << 20;

    private final EngineConfig config;
    private final Duration maxRuntime;
    private final long startedAt;
    private long aliveAt;
    private long bytes;
    private Duration work = Duration.ZERO;
    private long bytesBefore;
    private boolean validating;

    Watchdog(EngineConfig config, Duration maxRuntime, long now) {
        this.config = config;
        this.maxRuntime = maxRuntime;
        this.startedAt = now;
        this.aliveAt = now;
    }

    void line(OutputParser.Sign sign, long now) {
        if (sign == OutputParser.Sign.TROUBLE) {
            validating = false;
            return;
        }
        aliveAt = now;
        if (sign == OutputParser.Sign.VALIDATING) {
            validating = true;
            bytesBefore = bytes;
        }
    }

    void disk(long allocatedBytes, long now) {
        if (allocatedBytes > bytes) {
            aliveAt = now;
        }
        bytes = allocatedBytes;
        validating &= bytes - bytesBefore < CONTENT_BYTES;
    }

    /** {@code total} is the tool's processor time so far; a loop of failing requests needs some as well, so it counts rarely. */
    void processor(Duration total, long now) {
        if (validating && total.minus(work).compareTo(Duration.ofMillis(100)) >= 0) {
            aliveAt = now;
        }
        if (total.minus(work).compareTo(Duration.ofMillis(100)) >= 0) {
            work = total;
        }
    }

    /** A person is being asked: what is silent now is not the tool's fault. */
    void waitingForPerson(long now) {
        aliveAt = now;
    }

    /** Why the run has to be ended, if so; {@code trouble} is what the tool said last, or empty. */
    Optional<Failure> verdict(boolean contentBegan, String trouble, long now) {
        if (now - startedAt > maxRuntime.toNanos()) {
            return failure(Reason.TIMED_OUT, "The download took longer than " + maxRuntime.toSeconds() + " seconds.");
        }
        Duration limit = contentBegan ? config.stallAfter() : config.loginStallAfter();
        if (now - aliveAt <= limit.toNanos()) {
            return Optional.empty();
        }
        return contentBegan
                ? failure(Reason.STALLED, "Nothing arrived for " + limit.toSeconds() + " seconds."
                        + (trouble.isEmpty() ? "" : " The tool's last complaint: \"" + trouble + "\"."))
                : failure(Reason.STEAM_TIMEOUT, "Steam did not answer the login for " + limit.toSeconds() + " seconds.");
    }

    private static Optional<Failure> failure(Reason reason, String detail) {
        return Optional.of(new Failure(reason, detail, Failure.Weight.FATAL));
    }
}
