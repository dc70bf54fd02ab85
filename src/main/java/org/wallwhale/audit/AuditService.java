package org.wallwhale.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.wallwhale.database.ClockRepository;

/** Writes and finds what was done and refused. */
@ApplicationScoped
public class AuditService {
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
        Changes changes = Changes.between(before, after);
        entries.add(new AuditEntry(UUID.randomUUID(), clock.now(), actor, action, subject, Result.DONE)
                .changing(changes.before(), changes.after()));
    }

    /**
     * Puts a refusal on record, in a transaction of its own. All refusals of a stranger's address within a minute are one entry,
     * that of the first: an attacker could fill the disk otherwise.
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void refused(Actor actor, String action, String subject, String why) {
        Instant now = clock.now();
        UUID id = actor.isStranger() ? ofMinute(actor.address(), now) : UUID.randomUUID();
        if (!actor.isStranger() || !entries.has(id)) {
            entries.add(new AuditEntry(id, now, actor, shortened(action, 60), shortened(subject, 300), Result.REFUSED)
                    .because(shortened(why, 1000)));
        }
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

    @Transactional
    public long count(AuditQuery query) {
        return entries.count(query);
    }

    /** The same on every instance, so that the database keeps but one. */
    private static UUID ofMinute(String address, Instant now) {
        return UUID.nameUUIDFromBytes((address + ' ' + now.truncatedTo(ChronoUnit.MINUTES)).getBytes(StandardCharsets.UTF_8));
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + '…';
    }
}
