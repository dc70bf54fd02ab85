package org.wallwhale.steam;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.wallwhale.database.NullableIdConverter;
import org.wallwhale.secret.Place;

/**
 * A Steam account: what an administrator says of it, its secrets sealed, and what was learned of it, which other statements write
 * so that no run spoils somebody's change. All times are the database's.
 */
@Entity
@Table(name = "steam_accounts")
class Account {
    private static final String RUNNING = "running";
    @Id
    private UUID id;
    private String alias;
    @Column(name = "login_name")
    private String loginName;
    private String password;
    @Column(name = "shared_secret")
    private String sharedSecret;
    @Column(name = "display_name")
    private String displayName;
    @Enumerated(EnumType.STRING)
    private AccountStatus status;
    @Column(name = "owner_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID ownerId;
    private int version;
    @Column(name = "created_at")
    private Instant createdAt;
    @Column(name = "updated_at")
    private Instant updatedAt;
    @Column(name = "needs_login", insertable = false, updatable = false)
    private String needsLogin;
    @Column(name = "rate_limited_until", insertable = false, updatable = false)
    private Instant rateLimitedUntil;
    @Column(name = "rate_limits", insertable = false, updatable = false)
    private int rateLimits;
    @Column(name = "next_login_at", insertable = false, updatable = false)
    private Instant nextLoginAt;
    @Column(name = "last_used_at", insertable = false, updatable = false)
    private Instant lastUsedAt;
    @Column(name = "test_until", insertable = false, updatable = false)
    private Instant testUntil;
    @Column(name = "tested_at", insertable = false, updatable = false)
    private Instant testedAt;
    @Column(name = "test_result", insertable = false, updatable = false)
    private String testResult;
    @Column(name = "test_detail", insertable = false, updatable = false)
    private String testDetail;

    Account() {
    }

    Account(Instant now) {
        id = UUID.randomUUID();
        createdAt = now;
    }

    void describe(AccountWish wish, Instant now) {
        alias = wish.alias();
        loginName = wish.loginName();
        displayName = wish.displayName();
        status = wish.status();
        ownerId = wish.ownerId();
        version++;
        updatedAt = now;
    }

    /** Both sealed; no shared secret when null. */
    void keepSecrets(String sealedPassword, String sealedSharedSecret) {
        password = sealedPassword;
        sharedSecret = sealedSharedSecret;
    }

    /** What the password is sealed for. */
    Place passwordPlace() {
        return new Place("steam_accounts", id, "password");
    }

    Place sharedSecretPlace() {
        return new Place("steam_accounts", id, "shared_secret");
    }

    /** Whether the server may choose it for this user: never what is somebody else's own, whoever the user is. */
    boolean mayBeChosenFor(UUID userId) {
        return ownerId == null || ownerId.equals(userId);
    }

    /** Whether this user may name it. */
    boolean mayBeNamedBy(UUID userId, boolean administrator) {
        return administrator || mayBeChosenFor(userId);
    }

    /** When it may log in again, as far as Steam and its budget are concerned; empty for now. */
    Optional<Instant> opensAt(Instant now) {
        return Stream.of(Optional.ofNullable(rateLimitedUntil), Optional.ofNullable(nextLoginAt)).flatMap(Optional::stream)
                .filter(now::isBefore).max(Instant::compareTo);
    }

    boolean isTested(Instant now) {
        return testUntil != null && testUntil.isAfter(now);
    }

    UUID id() {
        return id;
    }

    String alias() {
        return alias;
    }

    String loginName() {
        return loginName;
    }

    String password() {
        return password;
    }

    /** Null for none. */
    String sharedSecret() {
        return sharedSecret;
    }

    String displayName() {
        return displayName;
    }

    AccountStatus status() {
        return status;
    }

    /** Null where everybody may use it. */
    UUID ownerId() {
        return ownerId;
    }

    int version() {
        return version;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    /** The code of why a person has to do something first; null where nobody has. */
    String needsLogin() {
        return needsLogin;
    }

    Instant rateLimitedUntil() {
        return rateLimitedUntil;
    }

    /** In a row. */
    int rateLimits() {
        return rateLimits;
    }

    /** Null before the first login. */
    Instant lastUsedAt() {
        return lastUsedAt;
    }

    /** Of the newest test login; null before the first. */
    Instant testedAt() {
        return testedAt;
    }

    /** One that still runs when its time is over was interrupted, by the end of its server. */
    String testResult(Instant now) {
        return RUNNING.equals(testResult) && !isTested(now) ? "interrupted" : testResult;
    }

    String testDetail() {
        return testDetail;
    }
}
