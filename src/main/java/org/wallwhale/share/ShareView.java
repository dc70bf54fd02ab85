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
 * @param hasPassword whether its visitors are asked for one
 * @param maxDownloads null for any number
 * @param bytesPerSecond null for as many as go
 * @param views how often somebody looked what there is
 * @param downloads how often as many bytes were sent as the zip has
 * @param bytesSent counted when a transfer ends
 * @param lastUsedAt to a few seconds; null before the first use
 */
public record ShareView(UUID id, UUID downloadId, UUID batchId, String url, Instant createdAt, Instant expiresAt, boolean hasPassword,
        Integer maxDownloads, Long bytesPerSecond, long views, long downloads, long bytesSent, Instant lastUsedAt, @JsonIgnore int version) {
    /** Without its link. */
    static ShareView of(Share share) {
        Shared what = share.what();
        return new ShareView(share.id(), what.isBatch() ? null : what.id(), what.isBatch() ? what.id() : null, null, share.createdAt(),
                share.expiresAt(), share.passwordHash() != null, share.maxDownloads(), share.bytesPerSecond(), share.views(),
                share.downloads(), share.bytesSent(), share.lastUsedAt().orElse(null), share.version());
    }

    /** The same with its link. */
    ShareView linked(String link) {
        return new ShareView(id, downloadId, batchId, link, createdAt, expiresAt, hasPassword, maxDownloads, bytesPerSecond, views,
                downloads, bytesSent, lastUsedAt, version);
    }
}
