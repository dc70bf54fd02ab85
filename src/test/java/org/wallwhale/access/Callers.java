package org.wallwhale.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.wallwhale.Beans;
import org.wallwhale.audit.Actor;

/** Callers without a request. */
public final class Callers {
    private Callers() {
    }

    /** Somebody with a token. */
    public static Caller of(UUID user, String... scopes) {
        return new Caller(actor(user), Set.of(scopes), false, Limits.DEFAULTS, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.of(Instant.now().plusSeconds(3600)), false);
    }

    /** Somebody who may use the sandbox only. */
    public static Caller withTestKey(UUID user, String... scopes) {
        return new Caller(actor(user), Set.of(scopes), true, Limits.DEFAULTS, Optional.of(Limits.DEFAULTS), Optional.empty(),
                Optional.empty(), Optional.empty(), false);
    }

    /** Somebody with an API key that was just made and ends then. */
    public static Caller withNewKey(Beans beans, UUID user, Instant expiresAt) {
        ApiKeyService keys = beans.get(ApiKeyService.class);
        ApiKeyTerms terms = new ApiKeyTerms("a key", List.of(Scope.DOWNLOAD_READ), ApiKeyText.LIVE, user, Limits.DEFAULTS, expiresAt, null,
                null, null);
        String text = keys.create(terms, of(user, Role.USER.scopes().toArray(String[]::new))).key();
        return keys.callerOf(ApiKeyText.parse(text).orElseThrow(), Actor.stranger("192.0.2.1", "a test")).orElseThrow();
    }

    /** The same by another request. */
    public static Caller by(Caller caller, String request) {
        return caller.by(Actor.stranger(caller.actor().address(), request));
    }

    private static Actor actor(UUID user) {
        return Actor.stranger("192.0.2.1", "a test").as(user, Optional.empty());
    }
}
