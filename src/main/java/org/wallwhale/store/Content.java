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

    Content(ContentKey key, String folder, long sizeBytes, int fileCount, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.source = key.source();
        this.appId = key.appId();
        this.pubfileId = key.pubfileId();
        this.version = key.version();
        this.folder = folder;
        this.sizeBytes = sizeBytes;
        this.fileCount = fileCount;
        this.createdAt = createdAt;
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

    long sizeBytes() {
        return sizeBytes;
    }
}
