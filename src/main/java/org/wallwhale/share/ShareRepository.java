package org.wallwhale.share;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code shares} and {@code share_reservations}; which lives go on stands in {@code instances}. */
@ApplicationScoped
class ShareRepository {
    private static final String ALIVE = """
            (r.boot_id = ?1 or exists (select 1 from instances i where i.boot_id = r.boot_id and i.seen_at > ?2))""";
    private EntityManager entities;

    ShareRepository() {
    }

    @Inject
    ShareRepository(EntityManager entities) {
        this.entities = entities;
    }

    void add(Share share) {
        entities.persist(share);
    }

    void remove(Share share) {
        entities.remove(share);
    }

    Optional<Share> find(UUID id) {
        return Optional.ofNullable(entities.find(Share.class, id));
    }

    /** Locked until the transaction ends. */
    Optional<Share> findLocked(UUID id) {
        return Optional.ofNullable(entities.find(Share.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Until the transaction ends nobody else makes a link for this owner. Before any row of the owner's downloads, never after one. */
    void lockOwner(UUID userId) {
        entities.createNativeQuery("select 1 from users where id = ?1 for update").setParameter(1, userId).getSingleResult();
    }

    /** The newest first. */
    List<Share> of(Shared what) {
        return entities.createQuery("select s from Share s where s." + (what.isBatch() ? "batchId" : "downloadId")
                + " = :id order by s.createdAt desc, s.id", Share.class).setParameter("id", what.id()).getResultList();
    }

    /** Locked until the transaction ends, for what is reserved; false where the share is gone. Clears the persistence context. */
    boolean lock(UUID id, long zipBytes) {
        int changed = entities.createNativeQuery("update shares set zip_bytes = ?2 where id = cast(?1 as uuid)")
                .setParameter(1, id.toString()).setParameter(2, zipBytes).executeUpdate();
        entities.clear();
        return changed > 0;
    }

    /** Bytes. */
    long sent(UUID id) {
        return number(entities.createNativeQuery("select bytes_sent from shares where id = cast(?1 as uuid)").setParameter(1, id.toString()));
    }

    /** Bytes, by this life and by all that were heard of since then. */
    long reserved(UUID id, String ownLife, Instant since) {
        return number(entities.createNativeQuery("select coalesce(sum(r.bytes), 0) from share_reservations r where r.share_id = cast(?3 as uuid) and "
                + ALIVE).setParameter(1, ownLife).setParameter(2, since.atOffset(ZoneOffset.UTC)).setParameter(3, id.toString()));
    }

    private static long number(Query query) {
        return ((Number) query.getSingleResult()).longValue();
    }

    /** Of a share that is locked. */
    void reserve(UUID id, String life, long bytes) {
        int changed = entities.createNativeQuery("""
                update share_reservations set bytes = bytes + ?3 where share_id = cast(?1 as uuid) and boot_id = ?2""")
                .setParameter(1, id.toString()).setParameter(2, life).setParameter(3, bytes).executeUpdate();
        if (changed == 0) {
            entities.createNativeQuery("insert into share_reservations (share_id, boot_id, bytes) values (cast(?1 as uuid), ?2, ?3)")
                    .setParameter(1, id.toString()).setParameter(2, life).setParameter(3, bytes).executeUpdate();
        }
    }

    /** Of all lives but this one and those that were heard of since then. */
    void removeReservations(String ownLife, Instant since) {
        entities.createNativeQuery("delete from share_reservations r where not " + ALIVE).setParameter(1, ownLife)
                .setParameter(2, since.atOffset(ZoneOffset.UTC)).executeUpdate();
    }

    /** True for the one that finds that nobody noted a use since {@code before}. Clears the persistence context. */
    boolean note(UUID id, Instant before, Instant now) {
        int changed = entities.createNativeQuery("""
                update shares set noted_at = ?3 where id = cast(?1 as uuid) and (noted_at is null or noted_at <= ?2)""")
                .setParameter(1, id.toString()).setParameter(2, before.atOffset(ZoneOffset.UTC)).setParameter(3, now.atOffset(ZoneOffset.UTC))
                .executeUpdate();
        entities.clear();
        return changed > 0;
    }

    /** Adds, whatever the row holds by now, and gives back what this life had reserved; nothing for one that is gone. Clears the persistence context. */
    void count(UUID id, String life, ShareTally.Count count, Instant now) {
        entities.createNativeQuery("""
                update shares set views = views + ?2, bytes_sent = bytes_sent + ?3, last_used_at = ?4 where id = cast(?1 as uuid)""")
                .setParameter(1, id.toString()).setParameter(2, count.views()).setParameter(3, count.sent())
                .setParameter(4, now.atOffset(ZoneOffset.UTC)).executeUpdate();
        // never below nothing: where the answer to a commit is lost, the same is counted again
        entities.createNativeQuery("""
                update share_reservations set bytes = greatest(0, bytes - ?3) where share_id = cast(?1 as uuid) and boot_id = ?2""")
                .setParameter(1, id.toString()).setParameter(2, life).setParameter(3, count.released()).executeUpdate();
        entities.clear();
    }

    /** Those that ended before {@code time}; how many there were, {@code most} at most. */
    int removeEnded(Instant time, int most) {
        return entities.createNativeQuery("""
                delete from shares where id in (select s.id from shares s where s.expires_at < ?1 order by s.expires_at limit ?2)""")
                .setParameter(1, time.atOffset(ZoneOffset.UTC)).setParameter(2, most).executeUpdate();
    }
}
