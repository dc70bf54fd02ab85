package org.wallwhale.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.config.DataFolder;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;

/**
 * Links entries into a chain, each to the one before, some seconds after they were written: within the transactions that write
 * them it would let only one of all change something at a time.
 */
@ApplicationScoped
public class AuditChainService {
    private static final Logger LOG = System.getLogger(AuditChainService.class.getName());
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
        AuditChain chain = signedChain();
        List<AuditEntry> fresh = entries.unchained(BATCH);
        if (!fresh.isEmpty()) {
            fresh.forEach(chain::append);
            chain.sign(key);
        }
        return fresh.size() == BATCH;
    }

    /**
     * Drops some of the whole UTC days whose time is over, and keeps the signed hash of the last entry dropped; true when there
     * may be more. What is wrong with them is put on record before they go: somebody may have made them old to be rid of them.
     */
    @NeedsNoRoom
    @Transactional
    public boolean dropOld() {
        Optional<Instant> limit = config.keptFor().map(age -> clock.now().truncatedTo(ChronoUnit.DAYS).minus(age));
        if (limit.isEmpty()) {
            return false;
        }
        AuditChain chain = signedChain();
        List<AuditEntry> old = entries.chained(chain.droppedPosition(), chain.lastPosition(), BATCH).stream()
                .takeWhile(entry -> entry.writtenAt().isBefore(limit.get())).toList();
        if (!old.isEmpty()) {
            ChainCheck check = new ChainCheck(chain.droppedPosition(), chain.droppedHash());
            old.stream().map(AuditEntryView::of).map(check::follow).flatMap(Optional::stream).findFirst()
                    .ifPresent(fault -> tell("Old entries were dropped, of which this was wrong: " + fault));
            AuditEntry last = old.get(old.size() - 1);
            chain.drop(last);
            chain.sign(key);
            entries.deleteUpTo(last.position());
        }
        return old.size() == BATCH;
    }

    /**
     * Both ends of the chain, held until the transaction ends, and as they were signed. Signing them anew would hide for ever that
     * they were changed, so that is put on record; the chain goes on all the same, because the next attack must show, too.
     */
    private AuditChain signedChain() {
        AuditChain chain = entries.lockedChain();
        if (!chain.isSigned(key)) {
            chain.resume(entries.lastLink());
            chain.sign(key);
            tell("The signature of the chain's ends was wrong, behind entry " + chain.lastPosition() + " and before entry "
                    + (chain.droppedPosition() + 1) + ": first or last entries may have been removed, or the audit-key was replaced.");
        }
        return chain;
    }

    private void tell(String what) {
        LOG.log(Level.ERROR, "The audit log is broken. " + what);
        entries.add(new AuditEntry(UUID.randomUUID(), clock.now(), Actor.server(), AuditEntryView.BREAK, "admin/audit-logs", Result.REFUSED)
                .because(what));
    }

    /** Both ends, and what is wrong with them. The order of reading leaves room for what is linked or dropped meanwhile. */
    @Transactional
    Ends ends() {
        Optional<Long> highest = entries.highestPosition();
        AuditChain chain = entries.chain();
        Optional<Long> lowest = entries.lowestPosition();
        return new Ends(chain, chain.fault(key, lowest, highest));
    }

    /** See {@link AuditChain#fault}. */
    record Ends(AuditChain chain, Optional<String> fault) {
    }

    /** Some of the links beyond {@code position}, up to {@code last}. */
    @Transactional
    List<AuditEntryView> links(long position, long last) {
        return entries.chained(position, last, BATCH).stream().map(AuditEntryView::of).toList();
    }

    @Transactional
    long waiting() {
        return entries.countUnchained();
    }
}
