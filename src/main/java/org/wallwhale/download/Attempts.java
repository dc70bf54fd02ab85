package org.wallwhale.download;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Optional;

/** How often a download was run, how often it still may be, when the next run may start, and why the last one failed. */
@Embeddable
class Attempts {
    @Column(name = "attempt")
    private int made;
    @Column(name = "attempts_left")
    private int left;
    @Column(name = "start_at")
    private Instant startAt;
    @Column(name = "error_code")
    private String errorCode;
    @Column(name = "error_message")
    private String errorMessage;
    @Column(name = "error_advice")
    private String errorAdvice;

    Attempts() {
    }

    /** {@code startAt} may be null: at once. */
    Attempts(int left, Instant startAt) {
        this.left = left;
        this.startAt = startAt;
    }

    void start() {
        made++;
        left--;
        startAt = null;
    }

    /** The one that runs does not count. */
    void giveBack() {
        left++;
    }

    void failed(Failure failure) {
        errorCode = failure.code();
        errorMessage = failure.message();
        errorAdvice = failure.advice();
    }

    void retryAt(Instant next) {
        startAt = next;
    }

    void forgetError() {
        errorCode = null;
        errorMessage = null;
        errorAdvice = null;
    }

    /** Nothing waits for its start time any more. */
    void end() {
        startAt = null;
    }

    /** All attempts again, with what went wrong forgotten. */
    void renew(int count) {
        left = count;
        forgetError();
    }

    /** Counts from 1; 0 before the first. */
    int made() {
        return made;
    }

    int left() {
        return left;
    }

    /** Not before; null for at once. */
    Instant startAt() {
        return startAt;
    }

    Optional<Failure> error() {
        return errorCode == null ? Optional.empty() : Optional.of(new Failure(errorCode, errorMessage, errorAdvice));
    }
}
