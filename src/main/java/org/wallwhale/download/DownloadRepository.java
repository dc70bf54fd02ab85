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
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wallwhale.access.Caller;
import org.wallwhale.problem.Problem;

/** The table {@code downloads}: looking things up, and the claim. */
@ApplicationScoped
class DownloadRepository {
    // HeldBack asks for the same three: the sentence that a waiting download shows is the condition that holds it back.
    private static final String SAME_ITEM_RUNS = """
            exists (select 1 from downloads r where r.pubfile_id = d.pubfile_id and r.status = 'RUNNING'
                and r.app_id = d.app_id and r.source = d.source)""";
    private static final String USERS_AT_LIMIT = """
            select r.user_id from downloads r join users u on u.id = r.user_id where r.status = 'RUNNING'
            group by r.user_id, u.max_concurrent having count(*) >= coalesce(u.max_concurrent, ?1)""";
    private static final String KEYS_AT_LIMIT = """
            select r.api_key_id from downloads r join api_keys k on k.id = r.api_key_id where r.status = 'RUNNING'
            group by r.api_key_id, k.max_concurrent having count(*) >= k.max_concurrent""";
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
     * The user's live download of the same item, account and save root. Locks the user until the transaction ends, so that two
     * equal submits at the same moment cannot both find none.
     */
    Optional<Download> findLive(Wish wish) {
        lockOwner(wish.userId());
        return entities.createQuery("""
                select d from Download d where d.wish.pubfileId = :item and d.status in :live and d.wish.userId = :user
                    and d.wish.source = :source and coalesce(d.wish.accountName, '') = :account and coalesce(d.wish.saveRoot, '') = :root""",
                Download.class)
                .setParameter("item", wish.pubfileId()).setParameter("user", wish.userId()).setParameter("source", wish.source())
                .setParameter("live", List.of(Status.QUEUED, Status.RUNNING))
                .setParameter("account", Objects.requireNonNullElse(wish.accountName(), ""))
                .setParameter("root", Objects.requireNonNullElse(wish.saveRoot(), ""))
                .getResultStream().findFirst();
    }

    /** Before any row of the owner's downloads, never after one. */
    void lockOwner(UUID userId) {
        entities.createNativeQuery("select 1 from users where id = ?1 for update").setParameter(1, userId).getSingleResult();
    }

    /**
     * All claims of one database pass here one after the other: the row is held until the transaction ends, because counted limits
     * are not exact otherwise.
     */
    void lockClaims() {
        entities.createNativeQuery("select last_fence from claim_lock where id = 1 for update").getSingleResult();
    }

    /**
     * Claims the next download, if one may start. The caller holds {@link #lockClaims}.
     *
     * @param maxConcurrent how many downloads of a user may run whose own limit says nothing
     */
    Optional<Download> claimNext(Holder holder, int maxConcurrent, Instant now, Instant leaseEnd) {
        for (Optional<UUID> id = nextWaiting(maxConcurrent, now); id.isPresent(); id = nextWaiting(maxConcurrent, now)) {
            Download download = locked(id.get());
            // while this waited for the row, its owner may have canceled or deleted it; then the next one's turn has come
            if (download != null && download.status() == Status.QUEUED) {
                download.claim(holder, nextFence(), now, leaseEnd);
                return Optional.of(download);
            }
        }
        return Optional.empty();
    }

    private Optional<UUID> nextWaiting(int maxConcurrent, Instant now) {
        // As text, because Hibernate hands out H2's uuid as bytes.
        // H2 sorts all that is queued unless the order names every column of the index, the constant one too.
        List<?> found = entities.createNativeQuery("""
                select cast(d.id as varchar) from downloads d where d.status = 'QUEUED' and (d.start_at is null or d.start_at <= ?2)
                    and d.user_id not in (""" + USERS_AT_LIMIT + """
                ) and (d.api_key_id is null or d.api_key_id not in (""" + KEYS_AT_LIMIT + ")) and not " + SAME_ITEM_RUNS
                + " order by d.status, d.priority desc, d.created_at, d.id limit 1")
                .setParameter(1, maxConcurrent).setParameter(2, now.atOffset(ZoneOffset.UTC)).getResultList();
        return found.stream().findFirst().map(id -> UUID.fromString(id.toString()));
    }

    /** What holds back those of {@code ids} that are queued. */
    HeldBack heldBack(Collection<UUID> ids, int maxConcurrent) {
        return new HeldBack(withItemRunning(ids),
                ids(entities.createNativeQuery("select cast(x.user_id as varchar) from (" + USERS_AT_LIMIT + ") x").setParameter(1, maxConcurrent)),
                ids(entities.createNativeQuery("select cast(x.api_key_id as varchar) from (" + KEYS_AT_LIMIT + ") x")));
    }

    private static Set<UUID> ids(Query texts) {
        return ((List<?>) texts.getResultList()).stream().map(id -> UUID.fromString(id.toString())).collect(Collectors.toSet());
    }

    private Set<UUID> withItemRunning(Collection<UUID> ids) {
        return ids.isEmpty() ? Set.of() : Set.copyOf(entities.createQuery("""
                select d.id from Download d where d.id in :ids and exists (select r.id from Download r
                    where r.wish.pubfileId = d.wish.pubfileId and r.status = :running and r.wish.appId = d.wish.appId
                    and r.wish.source = d.wish.source)""", UUID.class)
                .setParameter("ids", ids).setParameter("running", Status.RUNNING).getResultList());
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

    void forgetContent(UUID contentId, Instant now) {
        entities.createQuery("update Download d set d.contentId = null, d.times.updatedAt = :now where d.contentId = :content")
                .setParameter("content", contentId).setParameter("now", now).executeUpdate();
        entities.clear();
    }

    private Download locked(UUID id) {
        return entities.find(Download.class, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private long nextFence() {
        entities.createNativeQuery("update claim_lock set last_fence = last_fence + 1 where id = 1").executeUpdate();
        return ((Number) entities.createNativeQuery("select last_fence from claim_lock where id = 1").getSingleResult()).longValue();
    }
}
