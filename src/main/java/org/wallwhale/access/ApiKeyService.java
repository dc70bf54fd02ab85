package org.wallwhale.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import org.wallwhale.audit.Actor;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;
import org.wallwhale.problem.Problem;

/** The life of API keys. Every change is on record in the audit log. */
@ApplicationScoped
class ApiKeyService {
    private static final Duration USUAL_GRACE = Duration.ofDays(1);
    private ApiKeyRepository keys;
    private UserRepository users;
    private ApiKeyRules rules;
    private KeyHash hash;
    private ClockRepository clock;
    private AuditService audit;
    private Event<ApiKeyChanged> changed;

    ApiKeyService() {
    }

    @Inject
    ApiKeyService(ApiKeyRepository keys, UserRepository users, ApiKeyRules rules, KeyHash hash, ClockRepository clock,
            AuditService audit, Event<ApiKeyChanged> changed) {
        this.keys = keys;
        this.users = users;
        this.rules = rules;
        this.hash = hash;
        this.clock = clock;
        this.audit = audit;
        this.changed = changed;
    }

    /** The only time that the key's text is known. FORBIDDEN for a key that would be able to do more than its maker. */
    @Transactional
    CreatedApiKey create(ApiKeyTerms terms, Caller caller) {
        Instant now = clock.now();
        UUID owner = Objects.requireNonNullElse(terms.userId(), caller.userId());
        if (users.find(owner).filter(User::isActive).isEmpty()) {
            throw Problem.INVALID.at("/userId", "There is no active user with this id.");
        }
        rules.demand(terms, Optional.empty(), caller, now);
        ApiKeyText text = ApiKeyText.fresh(terms.kind() == null ? ApiKeyText.LIVE : terms.kind());
        ApiKey key = new ApiKey(owner, caller.keyId(), terms, text, hash.of(text), now);
        keys.add(key);
        audit.done(caller.actor(), "key.create", subject(key), null, ApiKeyView.of(key));
        return CreatedApiKey.of(key, text);
    }

    @Transactional
    ApiKeyList list(int limit, int offset) {
        List<ApiKeyView> found = keys.page(limit, offset).stream().map(ApiKeyView::of).toList();
        long total = keys.count();
        return new ApiKeyList(found, new ApiKeyList.Pagination(total, limit, offset, offset + found.size() < total));
    }

    /** NOT_FOUND for an unknown id. */
    @Transactional
    ApiKeyView get(UUID id) {
        return ApiKeyView.of(keys.get(id));
    }

    /**
     * Changes what may change. PRECONDITION_FAILED when {@code expected} does not accept the present version; FORBIDDEN for what the
     * caller could not make; CONFLICT for a key that was revoked.
     */
    @Transactional
    ApiKeyView change(UUID id, UnaryOperator<ApiKeyTerms> change, LongPredicate expected, Caller caller) {
        ApiKey key = keys.getLocked(id);
        ApiKeyView before = ApiKeyView.of(key);
        if (!expected.test(before.version())) {
            throw Problem.PRECONDITION_FAILED.because("The key was changed meanwhile; read it again.");
        }
        if (key.isRevoked()) {
            throw Problem.CONFLICT.because("This key was revoked, which cannot be taken back; make a new one.");
        }
        ApiKeyTerms terms = change.apply(ApiKeyTerms.of(key));
        Instant now = clock.now();
        rules.demand(terms, Optional.of(key), caller, now);
        key.change(terms, now);
        return recorded("key.change", key, before, caller);
    }

    /**
     * A new text; the old one works until {@code grace} is over. FORBIDDEN for a key that can do more than the caller, and for a
     * calling key that neither is this one nor made it: its revocation would not end what it then knows.
     */
    @Transactional
    CreatedApiKey rotate(UUID id, Integer graceSeconds, Caller caller) {
        ApiKey key = keys.getLocked(id);
        ApiKeyView before = ApiKeyView.of(key);
        Instant now = clock.now();
        if (!key.isUsable(now)) {
            throw Problem.CONFLICT.because("This key is revoked or expired; make a new one.");
        }
        rules.demand(ApiKeyTerms.of(key), Optional.of(key), caller, now);
        if (caller.keyId().filter(calling -> !calling.equals(id) && !calling.equals(key.madeByKey())).isPresent()) {
            throw Problem.FORBIDDEN.because("An API key can only rotate itself and keys that it made: log in to rotate this one.");
        }
        ApiKeyText text = ApiKeyText.fresh(key.kind());
        key.rotate(text, hash.of(text), graceSeconds == null ? USUAL_GRACE : Duration.ofSeconds(graceSeconds), now);
        recorded("key.rotate", key, before, caller);
        return CreatedApiKey.of(key, text);
    }

    /**
     * Also what it made. A key may give itself back whatever its scopes are, all else needs admin:write. NOT_FOUND for an unknown id;
     * revoking twice is no error.
     */
    @Transactional
    void revoke(UUID id, Caller caller) {
        if (!caller.keyId().equals(Optional.of(id))) {
            caller.demand(Scope.ADMIN_WRITE);
        }
        end(id, caller);
    }

    private void end(UUID id, Caller caller) {
        ApiKey key = keys.getLocked(id);
        if (!key.isRevoked()) {
            ApiKeyView before = ApiKeyView.of(key);
            key.revoke(clock.now());
            recorded("key.revoke", key, before, caller);
        }
        keys.madeBy(id).forEach(made -> end(made.id(), caller));
    }

    /**
     * Empty for whatever is not a usable key of an active user; FORBIDDEN for an address that the key does not allow.
     */
    @NeedsNoRoom
    @Transactional
    Optional<Caller> callerOf(ApiKeyText text, Actor stranger) {
        String sought = hash.of(text);
        return keys.findByHash(sought).filter(key -> key.isOpenedBy(sought, clock.now()))
                .flatMap(key -> users.find(key.userId()).filter(User::isActive).map(user -> {
                    if (!key.allows(stranger.address())) {
                        throw Problem.FORBIDDEN.because("This API key may not be used from your address, " + stranger.address() + ".");
                    }
                    return new Caller(stranger.as(user.id(), Optional.of(key.id())), key.effectiveScopes(user.role()), key.isTest(),
                            user.limits(), Optional.of(key.limits()), Optional.of(sought), Optional.empty(), Optional.empty(), false);
                }));
    }

    private ApiKeyView recorded(String action, ApiKey key, ApiKeyView before, Caller caller) {
        ApiKeyView after = ApiKeyView.of(key);
        audit.done(caller.actor(), action, subject(key), before, after);
        changed.fire(new ApiKeyChanged(key.id()));
        return after;
    }

    /** In the transaction that deletes the user. */
    @Transactional(Transactional.TxType.MANDATORY)
    void revokeAllOf(UUID userId, Caller caller) {
        keys.findAll(userId).forEach(key -> end(key.id(), caller));
    }

    private static String subject(ApiKey key) {
        return "admin/api-keys/" + key.id();
    }
}
