package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.wallwhale.audit.Actor;
import org.wallwhale.audit.AuditService;
import org.wallwhale.config.DataFolder;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.problem.Problem;

/** API keys, stored as HMAC-SHA-256 under a pepper that lies in the data folder and not in the database. */
@ApplicationScoped
class ApiKeyService {
    private ApiKeyRepository keys;
    private UserRepository users;
    private ClockRepository clock;
    private AuditService audit;
    private SecretKeySpec pepper;

    ApiKeyService() {
    }

    @Inject
    ApiKeyService(ApiKeyRepository keys, UserRepository users, ClockRepository clock, AuditService audit, DataFolder folder) {
        this.keys = keys;
        this.users = users;
        this.clock = clock;
        this.audit = audit;
        this.pepper = new SecretKeySpec(folder.secret("key-pepper", ApiKeyService::random), "HmacSHA256");
    }

    /** The only time that the key's text is known. FORBIDDEN for a key that would be able to do more than its maker. */
    @Transactional
    CreatedApiKey create(CreateApiKey wish, Caller caller) {
        demandNoMore(wish, caller);
        ApiKeyText text = ApiKeyText.fresh(wish.kind() == null ? ApiKeyText.LIVE : wish.kind());
        ApiKey key = new ApiKey(caller.userId(), wish.name(), text, hash(text), wish.scopes(), wish.expiresAt(), clock.now());
        keys.add(key);
        audit.done(caller.actor(), "key.create", subject(key), null, ApiKeyView.of(key));
        return CreatedApiKey.of(key, text);
    }

    @Transactional
    List<ApiKeyView> list() {
        return keys.list().stream().map(ApiKeyView::of).toList();
    }

    /** NOT_FOUND for an unknown id; revoking twice is no error. */
    @Transactional
    void revoke(UUID id, Caller caller) {
        ApiKey key = keys.get(id);
        ApiKeyView before = ApiKeyView.of(key);
        key.revoke();
        audit.done(caller.actor(), "key.revoke", subject(key), before, ApiKeyView.of(key));
    }

    /** In the transaction that deletes the user. */
    @Transactional(Transactional.TxType.MANDATORY)
    void revokeAllOf(UUID userId, Caller caller) {
        keys.findActive(userId).forEach(key -> revoke(key.id(), caller));
    }

    private static String subject(ApiKey key) {
        return "admin/api-keys/" + key.id();
    }

    /** Empty for whatever is not a usable key of an active user. A wrong checksum is refused without a look-up. */
    @Transactional
    Optional<Caller> callerOf(String text, Actor stranger) {
        return ApiKeyText.parse(text).flatMap(key -> keys.findByHash(hash(key)))
                .filter(key -> key.isUsable(clock.now()))
                .flatMap(key -> users.find(key.userId()).filter(User::isActive)
                        .map(user -> new Caller(stranger.as(user.id(), Optional.of(key.id())),
                                key.effectiveScopes(user.role()), key.isTest(), user.limits(), Optional.of(key.limits()),
                                Optional.empty(), false)));
    }

    private void demandNoMore(CreateApiKey wish, Caller caller) {
        if (!caller.scopes().containsAll(Scope.effective(wish.scopes(), Role.ADMIN))) {
            throw Problem.FORBIDDEN.at("/scopes", "A new key cannot have scopes that these credentials do not have.");
        }
        if (ApiKeyText.TEST.equals(wish.kind()) && wish.scopes().stream().anyMatch(scope -> scope.startsWith("admin:"))) {
            throw Problem.INVALID.at("/scopes", "A key of kind test reaches the sandbox only: it cannot have a scope admin:….");
        }
        Instant end = caller.keyId().map(keys::get).map(ApiKey::expiresAt).orElse(null);
        if (end != null && (wish.expiresAt() == null || wish.expiresAt().isAfter(end))) {
            throw Problem.FORBIDDEN.at("/expiresAt", "A key that expires cannot make one that lives longer.");
        }
    }

    private String hash(ApiKeyText text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(pepper);
            return HexFormat.of().formatHex(mac.doFinal(text.reveal().getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }

    private static byte[] random() {
        byte[] pepper = new byte[32];
        new SecureRandom().nextBytes(pepper);
        return pepper;
    }
}
