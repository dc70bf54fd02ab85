package org.wallwhale.download;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.wallwhale.database.NullableIdConverter;

/** What became of one line of a batch. */
@Entity
@Table(name = "batch_lines")
@IdClass(BatchLine.Key.class)
class BatchLine {
    @Id
    @Column(name = "batch_id")
    private UUID batchId;
    @Id
    private int position;
    @Column(name = "pubfile_id")
    private String pubfileId;
    @Enumerated(EnumType.STRING)
    private BatchView.Result result;
    @Column(name = "download_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID downloadId;
    private String code;
    private String message;

    BatchLine() {
    }

    private BatchLine(UUID batchId, int position, BatchView.Result result) {
        this.batchId = batchId;
        this.position = position;
        this.result = result;
    }

    static BatchLine of(UUID batchId, int position, Download download, boolean isNew) {
        BatchLine line = new BatchLine(batchId, position, isNew ? BatchView.Result.ACCEPTED : BatchView.Result.DUPLICATE);
        line.pubfileId = download.wish().pubfileId();
        line.downloadId = download.id();
        return line;
    }

    static BatchLine refused(UUID batchId, int position, String code, String message) {
        BatchLine line = new BatchLine(batchId, position, BatchView.Result.INVALID);
        line.code = code;
        line.message = message.length() <= 1000 ? message : message.substring(0, 1000);
        return line;
    }

    /** {@code status} of its download; null where there is none, or none any longer. */
    BatchView.Line view(Status status) {
        return new BatchView.Line(position, result, pubfileId, downloadId, status, code, message);
    }

    /** Null where nothing was accepted, or the download was deleted. */
    UUID downloadId() {
        return downloadId;
    }

    /** The composite key, as JPA wants it. */
    static class Key implements Serializable {
        private static final long serialVersionUID = 1;
        private UUID batchId;
        private int position;

        Key() {
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && position == key.position && Objects.equals(batchId, key.batchId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(batchId, position);
        }
    }
}
