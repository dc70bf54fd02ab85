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
