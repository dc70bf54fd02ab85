package org.wallwhale.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A login that goes on: the family of its refresh tokens, of which only the newest counts. */
@Entity
@Table(name = "sessions")
class Session {
    @Id
    private UUID id;
    @Column(name = "user_id")
    private UUID userId;
    @Column(name = "refresh_hash")
    private String refreshHash;
    @Column(name = "created_at")
    private Instant createdAt;
    @Column(name = "used_at")
    private Instant usedAt;
    @Column(name = "previous_login_at")
    private Instant previousLoginAt;
    @Column(name = "failed_before")
    private int failedBefore;

    Session() {
    }

    /** Of a user whose login is not on the row yet. */
    Session(User user, Instant now) {
        this.id = UUID.randomUUID();
        this.userId = user.id();
        this.createdAt = now;
        this.previousLoginAt = user.lastLoginAt();
        this.failedBefore = user.failedAtLogin();
    }

    /** From now on the refresh token with this hash is the newest. */
    void renew(String hash, Instant now) {
        refreshHash = hash;
        usedAt = now;
    }

    boolean isNewest(String hash) {
        return refreshHash.equals(hash);
    }

    /** False once it was not renewed since {@code idleSince}, or began before {@code begunBefore}. */
    boolean isLive(Instant idleSince, Instant begunBefore) {
        return usedAt.isAfter(idleSince) && createdAt.isAfter(begunBefore);
    }

    UUID id() {
        return id;
    }

    UUID userId() {
        return userId;
    }

    /** Null when there was none. */
    Instant previousLoginAt() {
        return previousLoginAt;
    }

    /** How many logins had failed by the previous one. */
    int failedBefore() {
        return failedBefore;
    }
}
