package org.wallwhale.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.wallwhale.secret.Secret;

/**
 * The session of a login, renewed when its access token ends. A refresh token is good once, so only one command at a time renews,
 * and the next token is stored before anything else happens; the others take what they find stored then.
 */
final class LoginSession implements Credential {
    private static final Duration EARLY = Duration.ofSeconds(20);
    private final LoginFile file;
    private final ServerClient anonymous;
    private SavedLogin login;

    LoginSession(LoginFile file, SavedLogin login, ServerClient anonymous) {
        this.file = file;
        this.login = login;
        this.anonymous = anonymous;
    }

    @Override
    public String header() {
        return "Authorization";
    }

    @Override
    public synchronized Secret value() {
        if (login.accessUntil().minus(EARLY).isBefore(Instant.now())) {
            renew();
        }
        return bearer();
    }

    @Override
    public synchronized boolean renewed(Secret value) {
        if (value.equals(bearer())) {
            renew();
        }
        return true;
    }

    private Secret bearer() {
        return Secret.of("Bearer " + login.accessToken());
    }

    private void renew() {
        login = file.locked(() -> {
            SavedLogin stored = file.read().filter(found -> found.isSession() && found.url().equals(login.url()))
                    .orElseThrow(() -> ended("You were logged out meanwhile"));
            return stored.accessToken().equals(login.accessToken()) ? refreshed(stored) : stored;
        });
    }

    private SavedLogin refreshed(SavedLogin stored) {
        try {
            SavedLogin next = SavedLogin.ofSession(stored.url(), stored.email(),
                    anonymous.post("/api/v1/auth/refresh", Map.of("refreshToken", stored.refreshToken())), Instant.now());
            file.write(next);
            return next;
        } catch (RefusedException e) {
            throw e.status() == 401 ? ended("Your login at " + stored.url() + " has ended") : e;
        }
    }

    private static CommandFailure ended(String sentence) {
        return new CommandFailure(CommandFailure.NOT_ALLOWED, sentence + ": run `wallwhale login`.");
    }
}
