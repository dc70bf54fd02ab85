package org.wallwhale.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.wallwhale.config.DataFolder;
import org.wallwhale.database.ClockRepository;

/**
 * Links entries into a chain, each to the one before, some seconds after they were written: within the transactions that write
 * them it would let only one of all change something at a time.
 */
@ApplicationScoped
public class AuditChainService {
    private static final int BATCH = 500;
    private AuditRepository entries;
    private ClockRepository clock;
    private AuditConfig config;
    private byte[] key;

    AuditChainService() {
    }

    @Inject
    AuditChainService(AuditRepository entries, ClockRepository clock, AuditConfig config, DataFolder folder) {
        this.entries = entries;
        this.clock = clock;
        this.config = config;
        this.key = folder.key(AuditConfig.CHAIN_KEY);
    }

    /** Links some of what was written since; true when there may be more. Instances take turns. */
    @Transactional
    public boolean link() {
        AuditChain chain = entries.lockedChain();
        List<AuditEntry> fresh = entries.unchained(BATCH);
        if (!fresh.isEmpty()) {
            fresh.forEach(chain::append);
            chain.sign(key);
        }
        return fresh.size() == BATCH;
    }

    /** Drops whole UTC days whose time is over, and keeps the signed hash of the last entry dropped. */
    @Transactional
    public void dropOld() {
        config.keptFor().map(age -> clock.now().truncatedTo(ChronoUnit.DAYS).minus(age)).ifPresent(limit -> {
            AuditChain chain = entries.lockedChain();
            entries.lastBefore(limit).ifPresent(last -> {
                chain.drop(last);
                chain.sign(key);
                entries.deleteUpTo(last.position());
            });
        });
    }

    /** Reads the whole chain and recomputes every hash. */
    @Transactional
    public AuditVerification verify() {
        AuditChain chain = entries.chain();
        if (!chain.isSigned(key)) {
            return AuditVerification.of(0, entries.countUnchained(), Optional.of(
                    "The signature of the chain's ends is wrong: its first or its last entries may have been removed."));
        }
        long position = chain.droppedPosition();
        String hash = chain.droppedHash();
        for (List<AuditEntry> batch = next(position); !batch.isEmpty(); batch = next(position)) {
            for (AuditEntry entry : batch) {
                Optional<String> fault = faultOf(entry, position + 1, hash);
                if (fault.isPresent()) {
                    return AuditVerification.of(position - chain.droppedPosition(), entries.countUnchained(), fault);
                }
                position = entry.position();
                hash = entry.hash();
            }
        }
        boolean whole = position == chain.lastPosition() && hash.equals(chain.lastHash());
        return AuditVerification.of(position - chain.droppedPosition(), entries.countUnchained(), whole ? Optional.empty()
                : Optional.of("The chain ends with entry " + position + ", but entry " + chain.lastPosition() + " was written."));
    }

    private List<AuditEntry> next(long position) {
        entries.forget();
        return entries.chainedAfter(position, BATCH);
    }

    private static Optional<String> faultOf(AuditEntry entry, long expected, String previous) {
        if (entry.position() != expected) {
            return Optional.of("Entry " + expected + " is missing.");
        }
        return entry.hashAfter(previous).equals(entry.hash()) ? Optional.empty()
                : Optional.of("Entry " + expected + ", " + entry.id() + ", was changed after it was written.");
    }
}
