package org.wallwhale.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.wallwhale.database.ClockRepository;

/** Writes and finds what was done and refused. */
@ApplicationScoped
public class AuditService {
    private static final int MOST_COUNTED = 10_000;
    private AuditRepository entries;
    private ClockRepository clock;

    AuditService() {
    }

    @Inject
    AuditService(AuditRepository entries, ClockRepository clock) {
        this.entries = entries;
        this.clock = clock;
    }

    /**
     * Puts a change on record, in the transaction of the change: either both are kept or neither.
     *
     * @param action the thing's noun and a verb, such as {@code user.create}
     * @param subject where the thing lies below the API's root, such as {@code users/<id>}
     * @param before the state before, null for something new; only members that differ are kept
     * @param after the state now, null for something deleted
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void done(Actor actor, String action, String subject, Record before, Record after) {
        done(actor, action, subject, before, after, clock.now());
    }

    /** The same for who knows the time by the database's clock already. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void done(Actor actor, String action, String subject, Record before, Record after, Instant now) {
        Changes changes = Changes.between(before, after);
        entries.add(new AuditEntry(UUID.randomUUID(), now, actor, action, subject, Result.DONE)
                .changing(changes.before(), changes.after()));
    }

    /** Puts a refusal on record, in a transaction of its own. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void refused(Refusal refusal, String why) {
        entries.add(new AuditEntry(UUID.randomUUID(), clock.now(), refusal.actor(), fitting(refusal.action(), 60),
                fitting(refusal.subject(), 300), Result.REFUSED).because(fitting(why, 1000)));
    }

    /** Newest first. */
    @Transactional
    public List<AuditEntryView> find(AuditQuery query, int limit, int offset) {
        return entries.page(query, limit, offset).stream().map(AuditEntryView::of).toList();
    }

    /** Oldest first; {@code last} is the entry before, null for the first page. */
    @Transactional
    public List<AuditEntryView> findAfter(AuditQuery query, AuditEntryView last, int limit) {
        return entries.pageAfter(query, last == null ? Instant.EPOCH : last.writtenAt(), last == null ? new UUID(0, 0) : last.id(), limit)
                .stream().map(AuditEntryView::of).toList();
    }

    /** {@value #MOST_COUNTED} where it is more. */
    @Transactional
    public long count(AuditQuery query) {
        return entries.count(query, MOST_COUNTED);
    }

    /** A stranger chose it: it may be too long, and hold what PostgreSQL cannot store. */
    private static String fitting(String text, int most) {
        String storable = text.replace('\0', '\uFFFD');
        if (storable.length() <= most) {
            return storable;
        }
        return storable.substring(0, Character.isHighSurrogate(storable.charAt(most - 2)) ? most - 2 : most - 1) + '…';
    }
}
