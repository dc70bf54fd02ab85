package org.wallwhale.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** Somebody with a password. */
@Entity
@Table(name = "users")
class User {
    @Id
    private UUID id;
    private String email;
    @Column(name = "password_hash")
    private String passwordHash;
    @Enumerated(EnumType.STRING)
    private Role role;
    private boolean active;
    @Column(name = "created_at")
    private Instant createdAt;

    User() {
    }

    User(String email, String passwordHash, Role role, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.email = normalized(email);
        this.passwordHash = passwordHash;
        this.role = role;
        this.active = true;
        this.createdAt = createdAt;
    }

    /** Addresses are compared without regard to case. */
    static String normalized(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    UUID id() {
        return id;
    }

    String email() {
        return email;
    }

    String passwordHash() {
        return passwordHash;
    }

    void replacePasswordHash(String hash) {
        passwordHash = hash;
    }

    Role role() {
        return role;
    }

    boolean isActive() {
        return active;
    }
}
