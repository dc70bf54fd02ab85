package org.wallwhale.access;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A key of a user; the key's text itself is never stored. */
@Entity
@Table(name = "api_keys")
class ApiKey {
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
    private String scopes;
    private boolean active;
    @Column(name = "expires_at")
    private Instant expiresAt;
    @Embedded
    private LimitColumns limits;
    @Column(name = "created_at")
    private Instant createdAt;

    ApiKey() {
    }

    ApiKey(UUID userId, String name, ApiKeyText text, String hash, List<String> scopes, Instant expiresAt, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.userId = userId;
        this.name = name;
        this.kind = text.kind();
        this.prefix = text.prefix();
        this.lastFour = text.lastFour();
        this.hash = hash;
        this.scopes = scopes.stream().distinct().sorted().collect(Collectors.joining(" "));
        this.active = true;
        this.expiresAt = expiresAt;
        this.createdAt = createdAt;
    }

    void revoke() {
        active = false;
    }

    boolean isUsable(Instant now) {
        return active && (expiresAt == null || now.isBefore(expiresAt));
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

    Limits limits() {
        return LimitColumns.read(limits);
    }

    Instant expiresAt() {
        return expiresAt;
    }

    Instant createdAt() {
        return createdAt;
    }
}
