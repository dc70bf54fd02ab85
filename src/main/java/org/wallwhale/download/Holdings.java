package org.wallwhale.download;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.UUID;
import org.wallwhale.database.NullableIdConverter;

/** What a download has of its item: replaced as a whole, and all null as long as that is nothing. */
@Embeddable
class Holdings {
    private String version;
    @Column(name = "bytes_total")
    private Long bytesTotal;
    @Column(name = "content_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID contentId;
    @Column(name = "expires_at")
    private Instant expiresAt;

    Holdings() {
    }

    private Holdings(String version, Long bytesTotal, UUID contentId, Instant expiresAt) {
        this.version = version;
        this.bytesTotal = bytesTotal;
        this.contentId = contentId;
        this.expiresAt = expiresAt;
    }

    /** The size is open again. */
    Holdings unmeasured() {
        return new Holdings(version, null, contentId, expiresAt);
    }

    Holdings measured(long sizeBytes) {
        return new Holdings(version, sizeBytes, contentId, expiresAt);
    }

    /** So much is known before there is content. */
    Holdings reserved(String foundVersion, long sizeBytes) {
        return new Holdings(foundVersion, sizeBytes, contentId, expiresAt);
    }

    Holdings delivered(Delivery delivery, Instant now) {
        return new Holdings(delivery.version(), delivery.sizeBytes(), delivery.contentId(), delivery.keptFor().map(now::plus).orElse(null));
    }

    Holdings withoutEnd() {
        return new Holdings(version, bytesTotal, contentId, null);
    }

    /** Null until a run knows it. */
    String version() {
        return version;
    }

    /** Null while unknown; of a finished collection, that of all parts together. */
    Long bytesTotal() {
        return bytesTotal;
    }

    /** Null before a success, and once the content was cleaned away. */
    UUID contentId() {
        return contentId;
    }

    boolean hasContent() {
        return contentId != null;
    }

    /** When the content is no longer kept for this download; null for never. */
    Instant expiresAt() {
        return expiresAt;
    }
}
