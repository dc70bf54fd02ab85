package org.wallwhale.steam;

import jakarta.validation.constraints.NotNull;
import org.wallwhale.secret.Secret;

/**
 * The answer to Steam Guard.
 *
 * @param code of the authenticator, or from the mail
 */
public record GuardAnswer(@NotNull(message = "code is missing") Secret code) {
}
