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
    static final String SUCCESS = "success";
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
    @Column(name = "needs_input_at")
    private Instant needsInputAt;
    @Column(name = "downloading_at")
    private Instant downloadingAt;
    @Column(name = "verifying_at")
    private Instant verifyingAt;

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

    /** Remembers when it did so first. */
    void enter(Phase phase, Instant now) {
        switch (phase) {
            case NEEDS_INPUT -> needsInputAt = first(needsInputAt, now);
            case DOWNLOADING -> downloadingAt = first(downloadingAt, now);
            case VERIFYING -> verifyingAt = first(verifyingAt, now);
            default -> { }
        }
    }

    private static Instant first(Instant known, Instant now) {
        return known == null ? now : known;
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

    /** {@code advice} may be null. */
    AttemptView view(String advice) {
        Integer exit = exitCode == null || exitCode == 0 ? null : exitCode;
        return new AttemptView(number, instanceId, startedAt, endedAt, outcome, detail, advice, exit,
                new AttemptView.Phases(startedAt, needsInputAt, downloadingAt, verifyingAt, SUCCESS.equals(outcome) ? endedAt : null));
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
