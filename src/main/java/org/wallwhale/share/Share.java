package org.wallwhale.share;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.access.Caller;
import org.wallwhale.database.NullableIdConverter;

/** A link to what a download or a batch has. Its uses are counted past this entity, by statements of {@link ShareRepository}. */
@Entity
@Table(name = "shares")
class Share {
    @Id
    private UUID id;
    @Column(name = "user_id")
    private UUID userId;
    @Column(name = "api_key_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID apiKeyId;
    @Column(name = "download_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID downloadId;
    @Column(name = "batch_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID batchId;
    @Column(name = "password_hash")
    private String passwordHash;
    @Column(name = "max_downloads")
    private Integer maxDownloads;
    @Column(name = "bytes_per_second")
    private Long bytesPerSecond;
    @Column(name = "expires_at")
    private Instant expiresAt;
    @Column(name = "created_at")
    private Instant createdAt;
    private int version;
    @Column(updatable = false)
    private long views;
    @Column(name = "zip_bytes", updatable = false)
    private long zipBytes;
    @Column(name = "bytes_sent", updatable = false)
    private long bytesSent;
    @Column(name = "last_used_at", insertable = false, updatable = false)
    private Instant lastUsedAt;
    @Column(name = "noted_at", insertable = false, updatable = false)
    private Instant notedAt;

    Share() {
    }

    Share(Shared what, UUID owner, Instant now) {
        id = UUID.randomUUID();
        userId = owner;
        downloadId = what.isBatch() ? null : what.id();
        batchId = what.isBatch() ? what.id() : null;
        createdAt = now;
    }

    /** Takes over what may change, for which {@code by} answers; {@code newPasswordHash} is null for none, and the present one to keep it. */
    void change(ShareTerms terms, Instant end, String newPasswordHash, Caller by) {
        apiKeyId = by.keyId().orElse(null);
        expiresAt = end;
        passwordHash = newPasswordHash;
        maxDownloads = terms.maxDownloads();
        bytesPerSecond = terms.bytesPerSecond();
        version++;
    }

    UUID id() {
        return id;
    }

    UUID userId() {
        return userId;
    }

    /** Of who made or changed it last; empty where that was no API key. */
    Optional<UUID> apiKeyId() {
        return Optional.ofNullable(apiKeyId);
    }

    Shared what() {
        return batchId == null ? new Shared(downloadId, false) : new Shared(batchId, true);
    }

    /** Null for none. */
    String passwordHash() {
        return passwordHash;
    }

    /** Null for any number. */
    Integer maxDownloads() {
        return maxDownloads;
    }

    /** Of all readers together; null for as many as go. */
    Long bytesPerSecond() {
        return bytesPerSecond;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    Instant createdAt() {
        return createdAt;
    }

    int version() {
        return version;
    }

    long views() {
        return views;
    }

    /** How often as many bytes were sent as the zip had when it was asked for last. */
    long downloads() {
        return zipBytes == 0 ? 0 : bytesSent / zipBytes;
    }

    long bytesSent() {
        return bytesSent;
    }

    Optional<Instant> lastUsedAt() {
        return Optional.ofNullable(lastUsedAt);
    }

    /** Null before the first use. */
    Instant notedAt() {
        return notedAt;
    }
}
