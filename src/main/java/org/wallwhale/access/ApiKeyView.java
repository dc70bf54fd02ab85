package org.wallwhale.access;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An API key in lists: never its text.
 *
 * @param prefix the beginning of its text, and {@code lastFour} the end: enough to tell keys apart
 * @param expiresAt null for never
 * @param ipAllow addresses and networks that it may be used from; empty for any
 * @param meta what its administrator wants to remember; null for nothing
 * @param madeByKey the key that made it, if it was one; null for a person
 * @param lastUsedAt null before the first call
 * @param requestCount calls so far, written every few seconds, as {@code lastUsedAt} is
 * @param updatedAt null before the first change
 * @param revokedAt since when it is of no use for good; null while it is not revoked
 * @param version for the ETag
 */
public record ApiKeyView(UUID id, UUID userId, String name, String kind, String prefix, String lastFour, List<String> scopes,
        boolean isActive, @JsonUnwrapped Limits limits, Instant expiresAt, List<String> ipAllow, @Schema(type = SchemaType.OBJECT) ObjectNode meta, UUID madeByKey,
        Instant lastUsedAt, long requestCount, Instant createdAt, Instant updatedAt, Instant revokedAt,
        @JsonIgnore int version) {
    static ApiKeyView of(ApiKey key) {
        return new ApiKeyView(key.id(), key.userId(), key.name(), key.kind(), key.prefix(), key.lastFour(), key.scopes(),
                key.isActive(), key.limits(), key.expiresAt(), key.ipAllow(), key.meta(), key.madeByKey(), key.lastUsedAt(),
                key.requestCount(), key.createdAt(), key.updatedAt(), key.revokedAt(), key.version());
    }
}
