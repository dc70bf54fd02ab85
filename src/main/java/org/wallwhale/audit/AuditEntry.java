package org.wallwhale.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.wallwhale.database.NullableIdConverter;

/** One thing that was done or refused. Written once; later it only gets its place in the chain. */
@Entity
@Table(name = "audit_entries")
class AuditEntry {
    @Id
    private UUID id;
    @Column(name = "written_at")
    private Instant writtenAt;
    @Column(name = "user_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID userId;
    @Column(name = "key_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID keyId;
    private String address;
    @Column(name = "request_id")
    private String requestId;
    private String action;
    private String subject;
    @Enumerated(EnumType.STRING)
    private Result result;
    private String detail;
    @Column(name = "before_text")
    private String before;
    @Column(name = "after_text")
    private String after;
    private Long position;
    private String hash;

    AuditEntry() {
    }

    AuditEntry(UUID id, Instant now, Actor actor, String action, String subject, Result result) {
        this.id = id;
        writtenAt = now;
        userId = actor.userId().orElse(null);
        keyId = actor.keyId().orElse(null);
        address = actor.address();
        requestId = actor.requestId();
        this.action = action;
        this.subject = subject;
        this.result = result;
    }

    AuditEntry changing(String valuesBefore, String valuesAfter) {
        before = valuesBefore;
        after = valuesAfter;
        return this;
    }

    AuditEntry because(String why) {
        detail = why;
        return this;
    }

    /** Follows the entry whose hash is {@code previous}. */
    void link(long nextPosition, String previous) {
        position = nextPosition;
        hash = AuditEntryView.of(this).hashAfter(previous);
    }

    UUID id() {
        return id;
    }

    Instant writtenAt() {
        return writtenAt;
    }

    UUID userId() {
        return userId;
    }

    UUID keyId() {
        return keyId;
    }

    String address() {
        return address;
    }

    String requestId() {
        return requestId;
    }

    String action() {
        return action;
    }

    String subject() {
        return subject;
    }

    Result result() {
        return result;
    }

    String detail() {
        return detail;
    }

    String before() {
        return before;
    }

    String after() {
        return after;
    }

    Long position() {
        return position;
    }

    String hash() {
        return hash;
    }
}
