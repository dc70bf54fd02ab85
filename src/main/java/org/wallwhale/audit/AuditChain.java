package org.wallwhale.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;

/**
 * Both ends of the chain, one row: the last link, and the last one that was dropped because its time was over. The signature is
 * made with a key outside of the database, so that nobody who can write rows only can cut the chain at either end.
 */
@Entity
@Table(name = "audit_chain")
class AuditChain {
    @Id
    private int id;
    @Column(name = "dropped_position")
    private long droppedPosition;
    @Column(name = "dropped_hash")
    private String droppedHash;
    @Column(name = "last_position")
    private long lastPosition;
    @Column(name = "last_hash")
    private String lastHash;
    private String signature;

    AuditChain() {
    }

    /** Puts {@code entry} at the end. */
    void append(AuditEntry entry) {
        entry.link(lastPosition + 1, lastHash);
        lastPosition = entry.position();
        lastHash = entry.hash();
    }

    /** Goes on behind {@code last}, whatever was known of the end; empty when there is no link. */
    void resume(Optional<AuditEntry> last) {
        lastPosition = last.map(AuditEntry::position).orElse(droppedPosition);
        lastHash = last.map(AuditEntry::hash).orElse(droppedHash);
    }

    /** The entries up to {@code last} are about to go. */
    void drop(AuditEntry last) {
        droppedPosition = last.position();
        droppedHash = last.hash();
    }

    void sign(byte[] key) {
        signature = signature(key);
    }

    /**
     * A sentence when these are not the ends of the links that there are.
     *
     * @param lowest of all links; empty when there is none
     */
    Optional<String> fault(byte[] key, Optional<Long> lowest, Optional<Long> highest) {
        if (!isSigned(key)) {
            return Optional.of("The signature of the chain's ends is wrong: its first or its last entries may have been removed.");
        }
        return lowest.filter(first -> first <= droppedPosition)
                .map(first -> "Entry " + first + " was put before the signed beginning of the chain, which is entry " + (droppedPosition + 1) + ".")
                .or(() -> highest.filter(last -> last > lastPosition)
                        .map(last -> "Entry " + last + " was put behind the signed end of the chain, which is entry " + lastPosition + "."));
    }

    /** True for a chain that was never signed, as long as it is empty. */
    boolean isSigned(byte[] key) {
        return signature == null ? lastPosition == 0 : signature.equals(signature(key));
    }

    private String signature(byte[] key) {
        return ChainHash.signed(key, droppedPosition, droppedHash, lastPosition, lastHash);
    }

    long droppedPosition() {
        return droppedPosition;
    }

    String droppedHash() {
        return droppedHash;
    }

    long lastPosition() {
        return lastPosition;
    }

    String lastHash() {
        return lastHash;
    }
}
