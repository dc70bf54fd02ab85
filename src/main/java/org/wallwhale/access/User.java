package org.wallwhale.access;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** Somebody with a password, or of an external issuer and without one. */
@Entity
@Table(name = "users")
class User {
    private static final String NO_PASSWORD = "";
    private static final int LONGEST_NAME = 64;
    @Id
    private UUID id;
    private String email;
    @Column(name = "password_hash")
    private String passwordHash;
    @Enumerated(EnumType.STRING)
    private Role role;
    private boolean active;
    @Embedded
    private LimitColumns limits;
    @Column(name = "created_at")
    private Instant createdAt;
    private String issuer;
    private String subject;

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

    /** One who logs in elsewhere. The address is made up, unique, and tells people the name there; mail to it arrives nowhere (RFC 2606). */
    User(ExternalIdentity identity, Role role, Instant createdAt) {
        this("", NO_PASSWORD, role, createdAt);
        String name = identity.name().replaceAll("[^A-Za-z0-9._-]", "-");
        email = normalized(name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "+" + id + "@external.invalid");
        issuer = identity.issuer();
        subject = identity.subject();
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

    boolean hasPassword() {
        return !passwordHash.equals(NO_PASSWORD);
    }

    void assign(Role newRole) {
        role = newRole;
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

    Limits limits() {
        return LimitColumns.read(limits);
    }
}
