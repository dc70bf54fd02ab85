package org.wallwhale.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An API key in lists: never its text. */
public record ApiKeyView(UUID id, UUID userId, String name, String kind, String prefix, String lastFour, List<String> scopes,
        boolean isActive, Instant expiresAt, Instant createdAt) {
    static ApiKeyView of(ApiKey key) {
        return new ApiKeyView(key.id(), key.userId(), key.name(), key.kind(), key.prefix(), key.lastFour(), key.scopes(),
                key.isActive(), key.expiresAt(), key.createdAt());
    }
}
