package org.wallwhale.download;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** One run of a download: when, where, and how it ended. */
@Entity
@Table(name = "attempts")
@IdClass(Attempt.Key.class)
class Attempt {
    @Id
    @Column(name = "download_id")
    private UUID downloadId;
    @Id
    private int number;
    private long fence;
    @Column(name = "instance_id")
    private String instanceId;
    @Column(name = "started_at")
    private Instant startedAt;
    @Column(name = "ended_at")
    private Instant endedAt;
    @Column(name = "first_seq")
    private long firstSeq;
    private String outcome;
    private String detail;
    @Column(name = "exit_code")
    private Integer exitCode;

    Attempt() {
    }

    Attempt(Download download, String instanceId, Instant startedAt) {
        this.downloadId = download.id();
        this.number = download.attempts().made();
        this.fence = download.lease().fence();
        this.instanceId = instanceId;
        this.startedAt = startedAt;
        this.firstSeq = download.logSeq() + 1;
    }

    /** {@code exit} is null when the child never ran or its end was not seen. */
    void end(String how, String why, Integer exit, Instant now) {
        outcome = how;
        detail = why;
        exitCode = exit;
        endedAt = now;
    }

    UUID downloadId() {
        return downloadId;
    }

    int number() {
        return number;
    }

    long firstSeq() {
        return firstSeq;
    }

    String outcome() {
        return outcome;
    }

    /** The composite key, as JPA wants it. */
    static class Key implements Serializable {
        private static final long serialVersionUID = 1;
        private UUID downloadId;
        private int number;

        Key() {
        }

        Key(UUID downloadId, int number) {
            this.downloadId = downloadId;
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && number == key.number && Objects.equals(downloadId, key.downloadId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(downloadId, number);
        }
    }
}
