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

/** One line of a download's log, or one change of its state, under a number that only grows. */
@Entity
@Table(name = "log_lines")
@IdClass(LogLine.Key.class)
class LogLine {
    static final String LINE = "line";
    static final String STATE = "state";
    private static final int LONGEST = 9000;
    @Id
    @Column(name = "download_id")
    private UUID downloadId;
    @Id
    private long seq;
    private int attempt;
    @Column(name = "written_at")
    private Instant writtenAt;
    private String kind;
    private String text;

    LogLine() {
    }

    LogLine(Download download, long seq, String kind, String text, Instant now) {
        this.downloadId = download.id();
        this.seq = seq;
        this.attempt = download.attempts().made();
        this.writtenAt = now;
        this.kind = kind;
        this.text = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    long seq() {
        return seq;
    }

    String kind() {
        return kind;
    }

    String text() {
        return text;
    }

    Instant writtenAt() {
        return writtenAt;
    }

    /** The composite key, as JPA wants it. */
    static class Key implements Serializable {
        private static final long serialVersionUID = 1;
        private UUID downloadId;
        private long seq;

        Key() {
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && seq == key.seq && Objects.equals(downloadId, key.downloadId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(downloadId, seq);
        }
    }
}
