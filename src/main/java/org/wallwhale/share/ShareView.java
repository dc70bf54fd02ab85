package org.wallwhale.share;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;

/**
 * A share link, for its owner.
 *
 * @param downloadId what it leads to; null for a batch
 * @param batchId what it leads to; null for a download
 * @param url the link: a page for browsers, the zip for programs
 * @param isOpen whether it leads anywhere now: it has not ended, its owner is active, and so is the API key that made or changed it last
 * @param hasPassword whether its visitors are asked for one
 * @param maxDownloads null for any number
 * @param bytesPerSecond null for as many as go
 * @param views how often somebody looked what there is
 * @param downloads how often as many bytes were sent as the zip has
 * @param bytesSent to a MiB of each transfer that goes on
 * @param bytesReserved that are being sent now and count against maxDownloads already
 * @param lastUsedAt to a few seconds; null before the first use
 */
public record ShareView(UUID id, UUID downloadId, UUID batchId, String url, Instant createdAt, Instant expiresAt, boolean isOpen,
        boolean hasPassword, Integer maxDownloads, Long bytesPerSecond, long views, long downloads, long bytesSent, long bytesReserved,
        Instant lastUsedAt, @JsonIgnore int version) {
    /** Without its link. */
    static ShareView of(Share share, boolean isOpen, long bytesReserved) {
        Shared what = share.what();
        return new ShareView(share.id(), what.isBatch() ? null : what.id(), what.isBatch() ? what.id() : null, null, share.createdAt(),
                share.expiresAt(), isOpen, share.passwordHash() != null, share.maxDownloads(), share.bytesPerSecond(), share.views(),
                share.downloads(), share.bytesSent(), bytesReserved, share.lastUsedAt().orElse(null), share.version());
    }

    /** The same with its link. */
    ShareView linked(String link) {
        return new ShareView(id, downloadId, batchId, link, createdAt, expiresAt, isOpen, hasPassword, maxDownloads, bytesPerSecond,
                views, downloads, bytesSent, bytesReserved, lastUsedAt, version);
    }
}
