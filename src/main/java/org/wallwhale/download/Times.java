package org.wallwhale.download;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;

/** When a download was submitted, last changed, first run and finished. */
@Embeddable
class Times {
    @Column(name = "created_at")
    private Instant createdAt;
    @Column(name = "updated_at")
    private Instant updatedAt;
    @Column(name = "started_at")
    private Instant startedAt;
    @Column(name = "completed_at")
    private Instant completedAt;

    Times() {
    }

    Times(Instant createdAt) {
        this.createdAt = createdAt;
    }

    void changed(Instant now) {
        updatedAt = now;
    }

    /** As {@link #changed}, and later than any change before, even one of the same millisecond. */
    void changedAfterAll(Instant now) {
        updatedAt = now.isAfter(updatedAt) ? now : updatedAt.plusMillis(1);
    }

    /** Only the first run since the download was submitted or retried counts. */
    void started(Instant now) {
        if (startedAt == null) {
            startedAt = now;
        }
        updatedAt = now;
    }

    void completed(Instant now) {
        completedAt = now;
        updatedAt = now;
    }

    /** As if it had never run. */
    void startOver() {
        startedAt = null;
        completedAt = null;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    /** Null before the first run. */
    Instant startedAt() {
        return startedAt;
    }

    /** Null until it is finished. */
    Instant completedAt() {
        return completedAt;
    }
}
