package org.wallwhale.access;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.Valid;
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
        @Valid @JsonUnwrapped Limits limits,
        @Min(value = 0, message = "storageQuotaBytes must be at least 0") Long storageQuotaBytes) {
    /** Not what RFC 5322 allows, but nothing that could be taken for anything else. */
    static final String EMAIL = "\\s*[^@\\s\\x00-\\x1F\\x7F]+@[^@\\s\\x00-\\x1F\\x7F]+\\s*";

    /** A user as it is, to be changed. */
    static UserWish of(User user) {
        return new UserWish(user.email(), user.role(), user.isActive(), null, null, user.limits(), user.storageQuotaBytes());
    }
}
