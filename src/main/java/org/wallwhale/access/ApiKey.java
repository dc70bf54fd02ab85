package org.wallwhale.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.wallwhale.database.NullableIdConverter;

/** A key of a user; the key's text itself is never stored. */
@Entity
@Table(name = "api_keys")
class ApiKey {
    private static final ObjectMapper JSON = new ObjectMapper();
    @Id
    private UUID id;
    @Column(name = "user_id")
    private UUID userId;
    private String name;
    private String kind;
    private String prefix;
    @Column(name = "last_four")
    private String lastFour;
    private String hash;
    @Column(name = "previous_hash")
    private String previousHash;
    @Column(name = "previous_until")
    private Instant previousUntil;
    private String scopes;
    private boolean active;
    @Column(name = "revoked_at")
    private Instant revokedAt;
    @Embedded
    private LimitColumns limits;
    @Column(name = "ip_allow")
    private String ipAllow;
    private String meta;
    @Column(name = "made_by_key")
    @Convert(converter = NullableIdConverter.class)
    private UUID madeByKey;
    @Column(name = "expires_at")
    private Instant expiresAt;
    @Column(name = "created_at")
    private Instant createdAt;
    @Column(name = "updated_at")
    private Instant updatedAt;
    @Column(name = "last_used_at", insertable = false, updatable = false)
    private Instant lastUsedAt;
    @Column(name = "request_count", insertable = false, updatable = false)
    private long requestCount;
    private int version;

    ApiKey() {
    }

    ApiKey(UUID owner, Optional<UUID> maker, ApiKeyTerms terms, ApiKeyText text, String hash, Instant now) {
        id = UUID.randomUUID();
        userId = owner;
        madeByKey = maker.orElse(null);
        kind = text.kind();
        createdAt = now;
        show(text, hash);
        change(terms, now);
    }

    /** Takes over what may change; the owner and the kind stay. */
    final void change(ApiKeyTerms terms, Instant now) {
        name = terms.name();
        scopes = terms.scopes().stream().distinct().sorted().collect(Collectors.joining(" "));
        limits = new LimitColumns(terms.limits());
        expiresAt = terms.expiresAt();
        ipAllow = terms.ipAllow() == null ? null : String.join(" ", terms.ipAllow());
        meta = terms.meta() == null ? null : terms.meta().toString();
        active = terms.isActive() == null || terms.isActive();
        updatedAt = now;
        version++;
    }

    /** The old text works for as long as {@code grace} lasts; one from an earlier rotation ends now. */
    void rotate(ApiKeyText text, String newHash, Duration grace, Instant now) {
        previousHash = hash;
        previousUntil = now.plus(grace);
        show(text, newHash);
        updatedAt = now;
        version++;
    }

    private void show(ApiKeyText text, String newHash) {
        prefix = text.prefix();
        lastFour = text.lastFour();
        hash = newHash;
    }

    /** For good, other than {@code isActive: false}. */
    void revoke(Instant now) {
        active = false;
        revokedAt = now;
        previousHash = null;
        updatedAt = now;
        version++;
    }

    boolean isUsable(Instant now) {
        return active && (expiresAt == null || now.isBefore(expiresAt));
    }

    /** Whether this hash is that of the key's text, or of the one before during its grace. */
    boolean isOpenedBy(String textHash, Instant now) {
        return isUsable(now) && (hash.equals(textHash) || textHash.equals(previousHash) && now.isBefore(previousUntil));
    }

    boolean isTest() {
        return kind.equals(ApiKeyText.TEST);
    }

    UUID id() {
        return id;
    }

    UUID userId() {
        return userId;
    }

    String name() {
        return name;
    }

    String kind() {
        return kind;
    }

    String prefix() {
        return prefix;
    }

    String lastFour() {
        return lastFour;
    }

    List<String> scopes() {
        return List.of(scopes.split(" "));
    }

    /** Within the owner's role; what belongs to administrators is out of reach of a key of kind test. */
    Set<String> effectiveScopes(Role owner) {
        return Scope.effective(scopes(), isTest() ? Role.USER : owner);
    }

    boolean isActive() {
        return active;
    }

    boolean isRevoked() {
        return revokedAt != null;
    }

    Instant revokedAt() {
        return revokedAt;
    }

    Limits limits() {
        return LimitColumns.read(limits);
    }

    /** Empty means from anywhere. */
    List<String> ipAllow() {
        return ipAllow == null || ipAllow.isEmpty() ? List.of() : List.of(ipAllow.split(" "));
    }

    boolean allows(String address) {
        return ipAllow().isEmpty() || Networks.of(ipAllow()).contains(address);
    }

    ObjectNode meta() {
        try {
            return meta == null ? null : (ObjectNode) JSON.readTree(meta);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The stored meta of key " + id + " is no JSON", e);
        }
    }

    UUID madeByKey() {
        return madeByKey;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    Instant lastUsedAt() {
        return lastUsedAt;
    }

    long requestCount() {
        return requestCount;
    }

    int version() {
        return version;
    }
}
