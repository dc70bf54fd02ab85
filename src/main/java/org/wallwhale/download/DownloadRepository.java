package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.wallwhale.access.Caller;
import org.wallwhale.problem.Problem;

/** The table {@code downloads}: looking things up. */
@ApplicationScoped
class DownloadRepository {
    private EntityManager entities;

    DownloadRepository() {
    }

    @Inject
    DownloadRepository(EntityManager entities) {
        this.entities = entities;
    }

    void add(Download download) {
        entities.persist(download);
    }

    void add(Attempt attempt) {
        entities.persist(attempt);
    }

    void remove(Download download) {
        entities.remove(download);
    }

    Optional<Download> find(UUID id) {
        return Optional.ofNullable(entities.find(Download.class, id));
    }

    /** NOT_FOUND for an unknown id and for a download that the caller may not see alike. */
    Download getVisible(UUID id, Caller caller, boolean lock) {
        return Optional.ofNullable(lock ? locked(id) : entities.find(Download.class, id))
                .filter(download -> download.wish().isVisibleTo(caller))
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no download with this id."));
    }

    /** The row, locked, while the claim is the newest one; empty for a worker that was overtaken. */
    Optional<Download> lockHeld(UUID id, long fence) {
        return Optional.ofNullable(locked(id)).filter(download -> download.isHeldBy(fence));
    }

    Attempt getAttempt(Download download) {
        return entities.find(Attempt.class, new Attempt.Key(download.id(), download.attempts().made()));
    }

    /**
     * The user's live download of the same item, account and save root, which is no part of a collection. Locks the user until the transaction ends, so that two
     * equal submits at the same moment cannot both find none.
     */
    Optional<Download> findLive(Wish wish) {
        lockOwner(wish.userId());
        return entities.createQuery("""
                select d from Download d where d.wish.pubfileId = :item and d.status in :live and d.wish.userId = :user and d.parentId is null
                    and d.wish.source = :source and coalesce(d.wish.accountName, '') = :account and coalesce(d.wish.saveRoot, '') = :root""",
                Download.class)
                .setParameter("item", wish.pubfileId()).setParameter("user", wish.userId()).setParameter("source", wish.source())
                .setParameter("live", List.of(Status.QUEUED, Status.RUNNING))
                .setParameter("account", Objects.requireNonNullElse(wish.accountName(), ""))
                .setParameter("root", Objects.requireNonNullElse(wish.saveRoot(), ""))
                .getResultStream().findFirst();
    }

    List<Download> findQueued(String pubfileId, Source source, int most) {
        return entities.createQuery("""
                select d from Download d where d.wish.pubfileId = :item and d.status = :queued and d.wish.source = :source""", Download.class)
                .setParameter("item", pubfileId).setParameter("queued", Status.QUEUED).setParameter("source", source)
                .setMaxResults(most).getResultList();
    }

    /** Before any row of the owner's downloads, never after one. */
    void lockOwner(UUID userId) {
        entities.createNativeQuery("select 1 from users where id = ?1 for update").setParameter(1, userId).getSingleResult();
    }

    /** The smaller one of what the owner's and the API key's limits say; empty where neither says anything. */
    Optional<Duration> maxRuntime(Download download) {
        Wish wish = download.wish();
        return Stream.concat(
                limits("select max_runtime_seconds from users where id = ?1", wish.userId()),
                limits("select max_runtime_seconds from api_keys where id = ?1", wish.apiKeyId()))
                .min(Comparator.naturalOrder()).map(Duration::ofSeconds);
    }

    private Stream<Long> limits(String sql, UUID id) {
        return id == null ? Stream.empty() : ((List<?>) entities.createNativeQuery(sql).setParameter(1, id).getResultList()).stream()
                .filter(Objects::nonNull).map(seconds -> ((Number) seconds).longValue());
    }

    /** Live downloads whose owners are not active and that nobody wants canceled yet, locked until the transaction ends. */
    List<Download> lockLiveOfInactive(int limit) {
        return lockLive("join users u on u.id = d.user_id", "not u.active", Map.of(), limit);
    }

    /** The same of API keys that are revoked, or expired at {@code now}. */
    List<Download> lockLiveOfUselessKeys(Instant now, int limit) {
        return lockLive("join api_keys k on k.id = d.api_key_id", "(not k.active or k.expires_at <= ?2)",
                Map.of(2, now.atOffset(ZoneOffset.UTC)), limit);
    }

    private List<Download> lockLive(String join, String condition, Map<Integer, Object> values, int limit) {
        Query live = entities.createNativeQuery("select cast(d.id as varchar) from downloads d " + join
                + " where d.status in ('QUEUED', 'RUNNING') and not d.cancel_requested and " + condition + " order by d.id limit ?1")
                .setParameter(1, limit);
        values.forEach(live::setParameter);
        return ((List<?>) live.getResultList()).stream().map(id -> locked(UUID.fromString(id.toString())))
                .filter(download -> download != null && !download.status().isFinished() && !download.lease().isCancelRequested()).toList();
    }

    /** Lengthens all leases of one life of an instance; returns what it holds. */
    List<Download> renew(Holder holder, Instant leaseEnd) {
        entities.createQuery("""
                update Download d set d.lease.until = :end
                where d.status = :running and d.lease.instanceId = :instance and d.lease.bootId = :boot""")
                .setParameter("end", leaseEnd).setParameter("running", Status.RUNNING)
                .setParameter("instance", holder.instanceId()).setParameter("boot", holder.bootId()).executeUpdate();
        entities.clear();
        return entities.createQuery("""
                select d from Download d where d.status = :running and d.lease.instanceId = :instance and d.lease.bootId = :boot""",
                Download.class).setParameter("running", Status.RUNNING)
                .setParameter("instance", holder.instanceId()).setParameter("boot", holder.bootId()).getResultList();
    }

    /**
     * Runs of earlier lives of this instance, and of other instances whose lease ended before {@code expired}. What this life
     * holds is never an orphan, however late it is with renewing.
     */
    List<Download> findOrphans(Holder holder, Instant expired) {
        return entities.createQuery("""
                select d from Download d where d.status = :running
                    and (d.lease.until < :expired and d.lease.instanceId <> :instance
                        or d.lease.instanceId = :instance and d.lease.bootId <> :boot)""", Download.class)
                .setParameter("running", Status.RUNNING).setParameter("expired", expired)
                .setParameter("instance", holder.instanceId()).setParameter("boot", holder.bootId()).getResultList();
    }

    /** Every seat is tried again. */
    void forgetRefusals(UUID id) {
        entities.createNativeQuery("delete from seat_refusals where download_id = ?1").setParameter(1, id).executeUpdate();
    }

    boolean isRunning(long fence) {
        return entities.createQuery("select count(d) from Download d where d.status = :running and d.lease.fence = :fence", Long.class)
                .setParameter("running", Status.RUNNING).setParameter("fence", fence).getSingleResult() > 0;
    }

    void forgetContent(UUID contentId, Instant now) {
        entities.createQuery("update Download d set d.holdings.contentId = null, d.times.updatedAt = :now where d.holdings.contentId = :content")
                .setParameter("content", contentId).setParameter("now", now).executeUpdate();
        entities.clear();
    }

    /** Reads no entity: one that was read before it is locked stays as it was read, whatever others wrote while the lock was waited for. */
    Optional<UUID> collectionOf(UUID partId) {
        return entities.createQuery("select d.parentId from Download d where d.id = :id and d.parentId is not null", UUID.class)
                .setParameter("id", partId).getResultStream().findFirst();
    }

    /** Likewise without reading the entity. */
    boolean isCollection(UUID id) {
        return !entities.createQuery("select d.id from Download d where d.id = :id and d.description.kind = :collection", UUID.class)
                .setParameter("id", id).setParameter("collection", Kind.COLLECTION).getResultList().isEmpty();
    }

    /** The collection's row, locked; empty when it is gone. */
    Optional<Download> lockCollection(UUID id) {
        return Optional.ofNullable(locked(id));
    }

    /** The parts of a collection, locked until the transaction ends. Lock the collection first. */
    List<Download> lockParts(UUID collectionId, Collection<Status> statuses) {
        return entities.createQuery("select d.id from Download d where d.parentId = :id and d.status in :statuses order by d.id", UUID.class)
                .setParameter("id", collectionId).setParameter("statuses", statuses).getResultStream().toList().stream().map(this::locked)
                .filter(part -> part != null && statuses.contains(part.status())).toList();
    }

    /** With their logs and attempts. */
    void removeParts(UUID collectionId) {
        entities.createQuery("delete from Download d where d.parentId = :id").setParameter("id", collectionId).executeUpdate();
    }

    List<Download> findParts(Collection<UUID> collectionIds, Status status) {
        return collectionIds.isEmpty() ? List.of() : entities.createQuery(
                "select d from Download d where d.parentId in :ids and d.status = :status order by d.id", Download.class)
                .setParameter("ids", collectionIds).setParameter("status", status).getResultList();
    }

    /** Of each collection and status how many parts there are, how many of them have content, and their bytes as far as known. */
    List<PartCount> countParts(Collection<UUID> collectionIds) {
        return collectionIds.isEmpty() ? List.of() : entities.createQuery("""
                select d.parentId, d.status, count(d), count(d.holdings.contentId), coalesce(sum(d.holdings.bytesTotal), 0)
                from Download d where d.parentId in :ids group by d.parentId, d.status""", Object[].class)
                .setParameter("ids", collectionIds).getResultStream().map(row -> new PartCount((UUID) row[0], (Status) row[1],
                        ((Number) row[2]).intValue(), ((Number) row[3]).intValue(), ((Number) row[4]).longValue())).toList();
    }

    record PartCount(UUID collectionId, Status status, int parts, int withContent, long bytes) {
    }

    /** Collections that run although none of their parts does. */
    List<UUID> findEndedCollections(int limit) {
        return entities.createQuery("""
                select d.id from Download d where d.status = :running and d.description.kind = :collection and not exists (
                    select p.id from Download p where p.parentId = d.id and p.status in :live)""", UUID.class)
                .setParameter("running", Status.RUNNING).setParameter("collection", Kind.COLLECTION)
                .setParameter("live", List.of(Status.QUEUED, Status.RUNNING)).setMaxResults(limit).getResultList();
    }

    private Download locked(UUID id) {
        return entities.find(Download.class, id, LockModeType.PESSIMISTIC_WRITE);
    }
}
