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

/**
 * Somebody with a password, or of an external issuer and without one. A deleted user's row stays, because downloads and the audit
 * log refer to it, without its address and password.
 */
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
    @Column(name = "must_change_password")
    private boolean mustChangePassword;
    @Enumerated(EnumType.STRING)
    private Role role;
    private boolean active;
    @Embedded
    private LimitColumns limits;
    @Column(name = "storage_quota_bytes")
    private Long storageQuotaBytes;
    @Embedded
    private PreferenceColumns preferences;
    private int version;
    @Column(name = "created_at")
    private Instant createdAt;
    private String issuer;
    private String subject;
    @Column(name = "role_as_of")
    private Instant roleAsOf;
    @Column(name = "updated_at")
    private Instant updatedAt;
    @Column(name = "last_login_at")
    private Instant lastLoginAt;
    @Column(name = "failed_logins", insertable = false, updatable = false)
    private int failedLogins;
    @Column(name = "last_failed_login_at", insertable = false, updatable = false)
    private Instant lastFailedLoginAt;
    @Column(name = "failed_at_login", insertable = false, updatable = false)
    private int failedAtLogin;
    @Column(name = "deleted_at")
    private Instant deletedAt;

    User() {
    }

    User(String email, String passwordHash, Role role, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.email = normalized(email);
        this.passwordHash = passwordHash;
        this.role = role;
        this.active = true;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    /** One who logs in elsewhere. The address is made up, unique, and tells people the name there; mail to it arrives nowhere (RFC 2606). */
    User(ExternalIdentity identity, Role role, Instant roleAsOf, Instant createdAt) {
        this("", NO_PASSWORD, role, createdAt);
        String name = identity.name().replaceAll("[^A-Za-z0-9._-]", "-");
        email = normalized(name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "+" + id + "@external.invalid");
        issuer = identity.issuer();
        subject = identity.subject();
        this.roleAsOf = roleAsOf;
    }

    /** Addresses are compared without regard to case. */
    static String normalized(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    void changeAccount(String newEmail, Role newRole, boolean isActive, Instant now) {
        email = normalized(newEmail);
        role = newRole;
        active = isActive;
        changed(now);
    }

    /** Null limits mean the server's defaults. */
    void limit(Limits newLimits, Long newStorageQuotaBytes, Instant now) {
        limits = new LimitColumns(newLimits);
        storageQuotaBytes = newStorageQuotaBytes;
        changed(now);
    }

    /** @param mustChange true when somebody else knows the password: nothing works until it is changed again */
    void changePassword(String hash, boolean mustChange, Instant now) {
        passwordHash = hash;
        mustChangePassword = mustChange;
        changed(now);
    }

    /** For ever: nobody can log in as this user, and the address is free again. */
    void delete(Instant now) {
        email = "deleted:" + id;
        passwordHash = "";
        active = false;
        deletedAt = now;
        changed(now);
    }

    private void changed(Instant now) {
        version++;
        updatedAt = now;
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

    void assign(Role newRole, Instant asOf, Instant now) {
        role = newRole;
        roleAsOf = asOf;
        changed(now);
    }

    /** A newer token says the same, which is no change. */
    void confirmRole(Instant asOf) {
        roleAsOf = asOf;
    }

    void replacePasswordHash(String hash) {
        passwordHash = hash;
    }

    boolean mustChangePassword() {
        return mustChangePassword;
    }

    Role role() {
        return role;
    }

    /** When the token was issued that {@link #role} is from; the epoch where that is not known. */
    Instant roleAsOf() {
        return roleAsOf == null ? Instant.EPOCH : roleAsOf;
    }

    boolean isActive() {
        return active;
    }

    /** One who may do everything right now. */
    boolean isActiveAdministrator() {
        return active && role == Role.ADMIN;
    }

    boolean isDeleted() {
        return deletedAt != null;
    }

    Limits limits() {
        return LimitColumns.read(limits);
    }

    /** Null for the server's default. */
    Long storageQuotaBytes() {
        return storageQuotaBytes;
    }

    Preferences preferences() {
        return PreferenceColumns.read(preferences);
    }

    /** Grows with every change; a login is none, nor are preferences. */
    int version() {
        return version;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    /** Null before the first. */
    Instant lastLoginAt() {
        return lastLoginAt;
    }

    /** All that ever were. */
    int failedLogins() {
        return failedLogins;
    }

    /** Null before the first. */
    Instant lastFailedLoginAt() {
        return lastFailedLoginAt;
    }

    /** {@link #failedLogins} as it was at the last login. */
    int failedAtLogin() {
        return failedAtLogin;
    }
}
