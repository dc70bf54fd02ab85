package org.wallwhale.access;

import java.time.Duration;
import java.util.UUID;

/**
 * A successful login.
 *
 * @param refreshToken null: sessions are not yet renewed, log in again
 * @param expiresIn seconds
 */
public record LoginView(UserView user, String accessToken, String refreshToken, long expiresIn) {
    /** The user that logged in. */
    public record UserView(UUID id, String email, Role role) {
        static UserView of(User user) {
            return new UserView(user.id(), user.email(), user.role());
        }
    }

    static LoginView of(User user, String accessToken, Duration lifetime) {
        return new LoginView(UserView.of(user), accessToken, null, lifetime.toSeconds());
    }
}
