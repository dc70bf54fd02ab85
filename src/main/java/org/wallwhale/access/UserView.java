package org.wallwhale.access;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;

/**
 * A user, for administrators.
 *
 * @param storageQuotaBytes null for the server's default
 * @param lastLoginAt null before the first login
 * @param version for the ETag
 */
public record UserView(UUID id, String email, Role role, boolean isActive, boolean mustChangePassword, @JsonUnwrapped Limits limits,
        Long storageQuotaBytes, Instant createdAt, Instant updatedAt, Instant lastLoginAt, @JsonIgnore int version) {
    static UserView of(User user) {
        return new UserView(user.id(), user.email(), user.role(), user.isActive(), user.mustChangePassword(), user.limits(),
                user.storageQuotaBytes(), user.createdAt(), user.updatedAt(), user.lastLoginAt(), user.version());
    }
}
