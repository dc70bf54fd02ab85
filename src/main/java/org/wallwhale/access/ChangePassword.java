package org.wallwhale.access;

import jakarta.validation.constraints.NotNull;
import org.wallwhale.secret.Secret;

/** A new password for oneself. */
public record ChangePassword(
        @NotNull(message = "oldPassword is missing") Secret oldPassword,
        @NotNull(message = "newPassword is missing") Secret newPassword) {
}
