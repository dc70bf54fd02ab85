package org.wallwhale.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What {@code login} got at a server: the tokens of a session, or an API key.
 *
 * @param apiKey null for a session
 * @param keyId of a key that {@code login} made, else null
 * @param accessToken null for an API key, as the next two
 * @param accessUntil when it ends, by this machine's clock
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SavedLogin(String url, String email, String apiKey, String keyId, String accessToken, String refreshToken, Instant accessUntil) {
    static SavedLogin ofSession(String url, String email, JsonNode login, Instant now) {
        return new SavedLogin(url, email, null, null, login.path("accessToken").asText(), login.path("refreshToken").asText(),
                now.plusSeconds(login.path("expiresIn").asLong()));
    }

    static SavedLogin ofKey(String url, String email, String apiKey, String keyId) {
        return new SavedLogin(url, email, apiKey, keyId, null, null, null);
    }

    boolean isSession() {
        return apiKey == null;
    }

    @Override
    public String toString() {
        return "SavedLogin[" + url + ", " + email + "]";
    }
}
