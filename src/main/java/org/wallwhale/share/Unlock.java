package org.wallwhale.share;

import jakarta.validation.constraints.NotNull;
import org.wallwhale.secret.Secret;

/** The password of a link. */
public record Unlock(@NotNull(message = "password is missing") Secret password) {
}
