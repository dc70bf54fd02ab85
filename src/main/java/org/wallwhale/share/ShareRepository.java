package org.wallwhale.share;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code shares}; whether a link is good stands in {@code users} and {@code api_keys}, too. */
@ApplicationScoped
class ShareRepository {
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

    /** The newest first. */
    List<Share> of(Shared what) {
        return entities.createQuery("select s from Share s where s." + (what.isBatch() ? "batchId" : "downloadId")
                + " = :id order by s.createdAt desc, s.id", Share.class).setParameter("id", what.id()).getResultList();
    }

    /** One that has not ended, whose owner is active, and whose maker, if it was an API key, is not revoked. */
    Optional<Share> findOpen(UUID id, Instant now) {
        boolean open = !entities.createNativeQuery("""
                select s.version from shares s join users u on u.id = s.user_id left join api_keys k on k.id = s.api_key_id
                where s.id = cast(?1 as uuid) and s.expires_at > ?2 and u.active and (k.id is null or k.revoked_at is null)""")
                .setParameter(1, id.toString()).setParameter(2, now.atOffset(ZoneOffset.UTC)).getResultList().isEmpty();
        return open ? find(id) : Optional.empty();
    }

    /**
     * Takes {@code bytes} of what may be sent, of a zip with {@code zipBytes}; false when too few are left, or the share is gone. Clears the
     * persistence context.
     *
     * @param most of all bytes, or negative for any number
     */
    boolean reserve(UUID id, long bytes, long zipBytes, long most) {
        int changed = entities.createNativeQuery("""
                update shares set bytes_reserved = bytes_reserved + ?2, zip_bytes = ?3
                where id = cast(?1 as uuid) and (cast(?4 as bigint) < 0 or bytes_sent + bytes_reserved + cast(?2 as bigint) <= cast(?4 as bigint))""")
                .setParameter(1, id.toString()).setParameter(2, bytes).setParameter(3, zipBytes).setParameter(4, most).executeUpdate();
        entities.clear();
        return changed > 0;
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

    /** Adds, whatever the row holds by now; nothing for one that is gone. Clears the persistence context. */
    void count(UUID id, ShareTally.Count count, Instant now) {
        entities.createNativeQuery("""
                update shares set views = views + ?2, bytes_sent = bytes_sent + ?3, bytes_reserved = bytes_reserved - ?4, last_used_at = ?5
                where id = cast(?1 as uuid)""").setParameter(1, id.toString()).setParameter(2, count.views()).setParameter(3, count.sent())
                .setParameter(4, count.released()).setParameter(5, now.atOffset(ZoneOffset.UTC)).executeUpdate();
        entities.clear();
    }

    /** Those that ended before {@code time}; how many there were, {@code most} at most. */
    int removeEnded(Instant time, int most) {
        return entities.createNativeQuery("""
                delete from shares where id in (select s.id from shares s where s.expires_at < ?1 order by s.expires_at limit ?2)""")
                .setParameter(1, time.atOffset(ZoneOffset.UTC)).setParameter(2, most).executeUpdate();
    }
}
