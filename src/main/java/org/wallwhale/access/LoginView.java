package org.wallwhale.access;

import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.wallwhale.secret.Secret;

/**
 * A successful login or its renewal.
 *
 * @param accessToken null where it went into a cookie
 * @param refreshToken valid once; null where it went into a cookie
 * @param expiresIn seconds
 * @param csrfToken null where no cookie is used
 */
public record LoginView(UserView user, String accessToken, String refreshToken, long expiresIn, String csrfToken) {
    /** The user that logged in. */
    @Schema(name = "LoggedInUser")
    public record UserView(UUID id, String email, Role role) {
        static UserView of(User user) {
            return new UserView(user.id(), user.email(), user.role());
        }
    }

    static LoginView of(User user, String accessToken, Secret refreshToken, Duration lifetime) {
        return new LoginView(UserView.of(user), accessToken, refreshToken.reveal(),
                lifetime.toSeconds(), null);
    }

    /** The same for a page that gets the tokens as cookies. */
    LoginView withoutTokens(String csrf) {
        return new LoginView(user, null, null, expiresIn, csrf);
    }

    @Override
    public String toString() {
        return "LoginView[" + user.id() + "]";
    }
}
