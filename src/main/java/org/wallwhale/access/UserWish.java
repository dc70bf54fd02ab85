package org.wallwhale.access;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.wallwhale.secret.Secret;

/**
 * How a user shall be. A new one has the role {@code user} and is active unless it says otherwise; one that exists must say both.
 * Limits that are null or absent are the server's defaults.
 *
 * @param password absent: generated for a new user, left as it is by a change
 * @param mustChangePassword absent: true for a password that was generated or is set anew, false for a new user's chosen one
 */
public record UserWish(
        @NotBlank(message = "email is missing") @Size(max = 254, message = "email is longer than 254 characters")
        @Pattern(regexp = EMAIL, message = "email must be a mail address") String email,
        Role role, Boolean isActive, Secret password, Boolean mustChangePassword,
        @Min(value = 1, message = "rateLimit must be at least 1") Integer rateLimit,
        @Min(value = 1, message = "quotaDaily must be at least 1") Integer quotaDaily,
        @Min(value = 1, message = "quotaMonthly must be at least 1") Integer quotaMonthly,
        @Min(value = 0, message = "downloadsDaily must be at least 0") Integer downloadsDaily,
        @Min(value = 0, message = "downloadsMonthly must be at least 0") Integer downloadsMonthly,
        @Min(value = 1, message = "maxConcurrent must be at least 1") Integer maxConcurrent,
        @Min(value = 10, message = "maxRuntimeSeconds must be at least 10") Integer maxRuntimeSeconds,
        @Min(value = 0, message = "storageQuotaBytes must be at least 0") Long storageQuotaBytes) {
    /** Not what RFC 5322 allows, but nothing that could be taken for anything else. */
    static final String EMAIL = "\\s*[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+\\s*";

    /** A user as it is, to be changed. */
    static UserWish of(User user) {
        Limits limits = user.limits();
        return new UserWish(user.email(), user.role(), user.isActive(), null, null, limits.rateLimit(), limits.quotaDaily(),
                limits.quotaMonthly(), limits.downloadsDaily(), limits.downloadsMonthly(), limits.maxConcurrent(),
                limits.maxRuntimeSeconds(), user.storageQuotaBytes());
    }

    Limits limits() {
        return new Limits(rateLimit, quotaDaily, quotaMonthly, downloadsDaily, downloadsMonthly, maxConcurrent, maxRuntimeSeconds);
    }
}
