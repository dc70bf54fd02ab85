package org.wallwhale.download;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.wallwhale.access.Caller;

/** A list of items that was submitted at once. */
@Entity
@Table(name = "batches")
class Batch {
    @Id
    private UUID id;
    @Column(name = "user_id")
    private UUID userId;
    @Enumerated(EnumType.STRING)
    private Source source;
    @Column(name = "created_at")
    private Instant createdAt;

    Batch() {
    }

    Batch(Caller caller, Instant now) {
        id = UUID.randomUUID();
        userId = caller.userId();
        source = caller.sandboxOnly() ? Source.SANDBOX : Source.STEAM;
        createdAt = now;
    }

    /** Its owner's and every administrator's; a key of kind test sees only what such keys submitted. */
    boolean isVisibleTo(Caller caller) {
        return (caller.mayReadAll() || userId.equals(caller.userId())) && (!caller.sandboxOnly() || source == Source.SANDBOX);
    }

    UUID userId() {
        return userId;
    }

    UUID id() {
        return id;
    }

    Instant createdAt() {
        return createdAt;
    }
}
