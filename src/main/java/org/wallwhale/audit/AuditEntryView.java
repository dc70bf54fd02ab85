package org.wallwhale.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One thing that was done or refused, as administrators see it.
 *
 * @param userId who did it; null for nobody known, and for the server itself
 * @param keyId the API key that was used; null for none
 * @param address where the call came from; the server itself has a name there
 * @param action such as {@code key.create}
 * @param subject what it was done to, such as {@code users/<id>}
 * @param detail why it was refused; null when it was done
 * @param before the members that changed, as they were: a JSON object, or null
 * @param after the members that changed, as they are, or null
 * @param position in the chain; null during the first seconds
 * @param hash SHA-256 over the hash of the entry before and all members of this one; null during the first seconds
 */
public record AuditEntryView(UUID id, Instant writtenAt, UUID userId, UUID keyId, String address, String requestId, String action,
        String subject, Result result, String detail, @JsonRawValue @Schema(type = SchemaType.OBJECT) String before,
        @JsonRawValue @Schema(type = SchemaType.OBJECT) String after, Long position,
        String hash) {
    /** The action of entries in which the server tells that the chain before them is not what it was. */
    static final String BREAK = "audit.broken";

    static AuditEntryView of(AuditEntry entry) {
        return new AuditEntryView(entry.id(), entry.writtenAt(), entry.userId(), entry.keyId(), entry.address(), entry.requestId(),
                entry.action(), entry.subject(), entry.result(), entry.detail(), entry.before(), entry.after(), entry.position(),
                entry.hash());
    }

    /** A stranger can choose an action, but not the server's address. */
    boolean tellsOfABreak() {
        return action.equals(BREAK) && address.equals(Actor.server().address());
    }

    /** What the hash must be if {@code previous} is that of the entry before. */
    String hashAfter(String previous) {
        return ChainHash.of(previous, position, id, writtenAt, userId, keyId, address, requestId, action, subject, result, detail,
                before, after);
    }
}
