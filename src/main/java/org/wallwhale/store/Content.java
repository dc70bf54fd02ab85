package org.wallwhale.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One version of one item in the store: a read-only folder that this row makes content. */
@Entity
@Table(name = "contents")
class Content {
    @Id
    private UUID id;
    private String source;
    @Column(name = "app_id")
    private long appId;
    @Column(name = "pubfile_id")
    private String pubfileId;
    private String version;
    private String folder;
    @Column(name = "size_bytes")
    private long sizeBytes;
    @Column(name = "file_count")
    private int fileCount;
    @Column(name = "zip_sha256")
    private String zipSha256;
    @Column(name = "created_at")
    private Instant createdAt;

    Content() {
    }

    Content(Arrival arrival, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.source = arrival.key().source();
        this.appId = arrival.key().appId();
        this.pubfileId = arrival.key().pubfileId();
        this.version = arrival.key().version();
        this.folder = arrival.folder();
        this.sizeBytes = arrival.sizeBytes();
        this.fileCount = arrival.files().size();
        this.createdAt = createdAt;
    }

    /** The old files are gone or damaged; these are the same version. */
    void relocate(Arrival arrival) {
        folder = arrival.folder();
        sizeBytes = arrival.sizeBytes();
        fileCount = arrival.files().size();
        zipSha256 = null;
    }

    /** The digest of the zip, known some time after the content. */
    void digested(String sha256) {
        zipSha256 = sha256;
    }

    Instant createdAt() {
        return createdAt;
    }

    UUID id() {
        return id;
    }

    String pubfileId() {
        return pubfileId;
    }

    /** Relative to the store, with forward slashes. */
    String folder() {
        return folder;
    }

    int fileCount() {
        return fileCount;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** Hexadecimal; null until it was computed. */
    String zipSha256() {
        return zipSha256;
    }
}
