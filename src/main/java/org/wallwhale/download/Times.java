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

    /** Later than any change before, even one of the same millisecond, or one that a faster clock gave the time of. */
    void changed(Instant now) {
        updatedAt = updatedAt == null || now.isAfter(updatedAt) ? now : updatedAt.plusMillis(1);
    }

    /** Only the first run since the download was submitted or retried counts. */
    void started(Instant now) {
        if (startedAt == null) {
            startedAt = now;
        }
        changed(now);
    }

    void completed(Instant now) {
        completedAt = now;
        changed(now);
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
