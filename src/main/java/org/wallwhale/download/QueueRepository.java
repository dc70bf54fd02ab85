package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.wallwhale.steam.SeatQueries;

/**
 * The queue: who is next, the claim, and what holds back those who wait. Owners take turns: next is who has the fewest downloads
 * running, and of these who waited longest for a claim. Priority orders the downloads of one owner; that of an administrator's
 * downloads counts before turns, where everybody else's is 0.
 */
@ApplicationScoped
class QueueRepository {
    // A collection occupies nothing: its parts do.
    // What holds a download back, each told by HeldBack: the sentence that it shows is the condition that it waits for.
    private static final String SAME_ITEM_RUNS = """
            exists (select 1 from downloads r where r.pubfile_id = d.pubfile_id and r.status = 'RUNNING' and r.kind = 'ITEM'
                and r.source = d.source)""";
    private static final String RUNNING = """
            (select r.user_id, count(*) as running from downloads r where r.status = 'RUNNING' and r.kind = 'ITEM' group by r.user_id)""";
    private static final String KEYS_AT_LIMIT = """
            select r.api_key_id from downloads r join api_keys k on k.id = r.api_key_id where r.status = 'RUNNING' and r.kind = 'ITEM'
            group by r.api_key_id, k.max_concurrent having count(*) >= k.max_concurrent""";
    /** What Steam said, or else of the newest versions that were fetched before; unknown, and so none, for an item that never was. */
    private static final String KNOWN_BYTES = """
            coalesce(d.expected_bytes, (select max(c.size_bytes) from contents c where c.source = lower(d.source)
                and c.pubfile_id = d.pubfile_id), 0)""";
    /** What running downloads may still write, as far as it is known: all of it, because how much is written is not stored. */
    private static final String BYTES_OF_RUNNING = "(select coalesce(sum(x.known), 0) from (select " + KNOWN_BYTES
            + " as known from downloads d where d.status = 'RUNNING') x)";
    private static final String MAY_START = "d.status = 'QUEUED' and (d.start_at is null or d.start_at <= ?2)"
            + " and (d.api_key_id is null or d.api_key_id not in (" + KEYS_AT_LIMIT + ")) and not " + SAME_ITEM_RUNS
            + " and " + KNOWN_BYTES + " <= ?3 and " + SeatQueries.DOES_NOT_WAIT;
    /** H2 sorts all that is queued unless the order names every column of the index, the constant ones too. */
    private static final String IN_ORDER = " order by d.status, d.waits_for, d.user_id, d.priority desc, d.created_at, d.id limit 1";
    /** Of a user, and of those that wait for the same {@code o.name}: each is looked for by itself, and what is not open is not looked at. */
    private static final String FIRST = "(select cast(d.id as varchar) from downloads d where d.status = 'QUEUED' and d.waits_for = o.name"
            + " and d.user_id = %s and " + MAY_START + IN_ORDER + ")";
    private static final String SOME_WAIT = "select 1 from downloads d where d.status = 'QUEUED' and d.waits_for > ''" + IN_ORDER;
    private static final String OPEN = "select o.name, o.owner from (select '' as name, '' as owner union " + SeatQueries.OPEN + ") o"
            + " where (select 1 from downloads d where d.status = 'QUEUED' and d.waits_for = o.name" + IN_ORDER + ") is not null";
    private EntityManager entities;

    QueueRepository() {
    }

    @Inject
    QueueRepository(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * All claims of one database pass here one after the other: the row is held until the transaction ends, because counted limits
     * are not exact otherwise.
     */
    void lockClaims() {
        entities.createNativeQuery("select last_fence from claim_lock where id = 1 for update").getSingleResult();
    }

    boolean isPaused() {
        return (Boolean) entities.createNativeQuery("select paused from claim_lock where id = 1").getSingleResult();
    }

    /** Under {@link #lockClaims}, so that no claim is made after the transaction. */
    void pause(boolean paused) {
        entities.createNativeQuery("update claim_lock set paused = ?1 where id = 1").setParameter(1, paused).executeUpdate();
    }

    /** Whether {@link #claimNext} could find nothing, whatever waits. Asked without the lock, it writes nothing and waits for nobody. */
    boolean isIdle(Capacity capacity) {
        return isPaused() || isFull(capacity) || isEmpty();
    }

    /** Claims the next download, if one may start. The caller holds {@link #lockClaims}. */
    Optional<Download> claimNext(Holder holder, Capacity capacity, Instant now, Instant leaseEnd) {
        if (isIdle(capacity)) {
            return Optional.empty();
        }
        Opportunity opportunity = new Opportunity(capacity, now, capacity.freeBytes() - bytesOfRunning(), open(capacity, now));
        for (Optional<UUID> id = next(opportunity); id.isPresent(); id = next(opportunity)) {
            Download download = entities.find(Download.class, id.get(), LockModeType.PESSIMISTIC_WRITE);
            // while this waited for the row, its owner may have canceled or deleted it; then the next one's turn has come
            if (download != null && download.status() == Status.QUEUED) {
                long fence = nextFence();
                takeTurn(download.wish().userId(), fence);
                download.claim(holder, fence, now, leaseEnd);
                return Optional.of(download);
            }
        }
        return Optional.empty();
    }

    /** Asked first, because whose turn it is takes a look at every user. */
    private boolean isEmpty() {
        return entities.createNativeQuery("select 1 from downloads where status = 'QUEUED' limit 1").getResultList().isEmpty();
    }

    private boolean isFull(Capacity capacity) {
        return capacity.freeBytes() <= 0 || ((Number) entities.createNativeQuery(
                "select count(*) from downloads where status = 'RUNNING' and kind = 'ITEM'").getSingleResult()).longValue() >= capacity.total();
    }

    private long bytesOfRunning() {
        return number(entities.createNativeQuery("select " + BYTES_OF_RUNNING + " from claim_lock where id = 1").getSingleResult());
    }

    private List<Opportunity.Open> open(Capacity capacity, Instant now) {
        if (entities.createNativeQuery(SOME_WAIT).getResultList().isEmpty()) {
            return List.of(Opportunity.Open.WITHOUT_LOGIN);
        }
        return rows(entities.createNativeQuery(OPEN).setParameter(1, now.atOffset(ZoneOffset.UTC)).setParameter(2, capacity.outgoingAddress()))
                .map(row -> new Opportunity.Open(row[0].toString(), row[1].toString())).toList();
    }

    private Optional<UUID> next(Opportunity now) {
        return now.open().isEmpty() ? Optional.empty() : Stream.concat(turns(true, now), turns(false, now).map(Turn::withoutPriority))
                .min(Turn.ORDER).map(Turn::download);
    }

    /** What an owner would claim, and what decides between owners. */
    private record Turn(UUID download, int priority, long running, long fence, UUID owner) {
        static final Comparator<Turn> ORDER = Comparator.comparingInt(Turn::priority).reversed().thenComparingLong(Turn::running)
                .thenComparingLong(Turn::fence).thenComparing(Turn::owner);

        Turn withoutPriority() {
            return new Turn(download, 0, running, fence, owner);
        }
    }

    /**
     * Of the owners below their limit who have something that may start: all administrators, or the first of the others. They are not
     * looked for by {@code exists} alone, because PostgreSQL reads all that is queued for that.
     */
    private Stream<Turn> turns(boolean administrators, Opportunity now) {
        return rows(now.in(entities.createNativeQuery("select cast(u.id as varchar), coalesce(b.running, 0), coalesce(t.fence, 0)"
                + " from users u left join " + RUNNING + " b on b.user_id = u.id left join claim_turns t on t.user_id = u.id"
                + " where coalesce(b.running, 0) < coalesce(u.max_concurrent, ?1) and exists (select 1 from " + now.table()
                + " where (o.owner = '' or o.owner = cast(u.id as varchar) or u.role = 'ADMIN') and " + FIRST.formatted("u.id")
                + " is not null) and u.role " + (administrators ? "= 'ADMIN' order by 2, 3, u.id" : "<> 'ADMIN' order by 2, 3, u.id limit 1")))
                .setParameter(1, now.capacity().perUser()))
                .flatMap(owner -> first(id(owner[0]), now.of(id(owner[0]), administrators)).map(download -> new Turn(id(download[0]),
                        ((Number) download[1]).intValue(), ((Number) owner[1]).longValue(), ((Number) owner[2]).longValue(), id(owner[0]))));
    }

    /** The first of the owner's downloads that may start, and its priority. */
    private Stream<Object[]> first(UUID owner, Opportunity now) {
        List<?> ids = now.in(entities.createNativeQuery("select " + FIRST.formatted("?1") + " from " + now.table()))
                .setParameter(1, owner).getResultList().stream().filter(Objects::nonNull).distinct().toList();
        if (ids.isEmpty()) {
            return Stream.empty();
        }
        Query query = entities.createNativeQuery("select cast(d.id as varchar), d.priority from downloads d where d.id in ("
                + places(1, ids.size()) + ") order by d.priority desc, d.created_at, d.id limit 1");
        for (int i = 0; i < ids.size(); i++) {
            query.setParameter(1 + i, id(ids.get(i)));
        }
        return rows(query);
    }

    private static String places(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(place -> "?" + place).collect(Collectors.joining(", "));
    }

    private static Stream<Object[]> rows(Query query) {
        return ((List<?>) query.getResultList()).stream().map(Object[].class::cast);
    }

    private void takeTurn(UUID owner, long fence) {
        if (entities.createNativeQuery("update claim_turns set fence = ?1 where user_id = ?2").setParameter(1, fence)
                .setParameter(2, owner).executeUpdate() == 0) {
            entities.createNativeQuery("insert into claim_turns (fence, user_id) values (?1, ?2)").setParameter(1, fence)
                    .setParameter(2, owner).executeUpdate();
        }
    }

    private long nextFence() {
        entities.createNativeQuery("update claim_lock set last_fence = last_fence + 1 where id = 1").executeUpdate();
        return ((Number) entities.createNativeQuery("select last_fence from claim_lock where id = 1").getSingleResult()).longValue();
    }

    /** What holds back those of {@code ids} that are queued. Two questions, because every answer to a submit asks them. */
    HeldBack heldBack(Collection<UUID> ids, Capacity capacity) {
        if (ids.isEmpty()) {
            return HeldBack.NOTHING;
        }
        Object[] all = (Object[]) entities.createNativeQuery("select paused, (select count(*) from downloads where status = 'RUNNING' and kind = 'ITEM'), "
                + BYTES_OF_RUNNING + " from claim_lock where id = 1").getSingleResult();
        Optional<String> everything = (Boolean) all[0] ? Optional.of("An administrator paused the queue.")
                : capacity.freeBytes() <= 0 ? Optional.of("The server's disk is nearly full; it waits for free space.")
                : number(all[1]) >= capacity.total() ? Optional.of("As many downloads are running as may at once on this server.")
                : Optional.empty();
        return new HeldBack(everything, everything.isPresent() ? Map.of() : reasons(ids, capacity, capacity.freeBytes() - number(all[2])));
    }

    private Map<UUID, HeldBack.Reason> reasons(Collection<UUID> ids, Capacity capacity, long room) {
        Query query = entities.createNativeQuery("select cast(d.id as varchar), case when " + SAME_ITEM_RUNS + " then 'SAME_ITEM_RUNS' when "
                + KNOWN_BYTES + " > ?1 then 'TOO_LARGE' when d.user_id in (select u.id from users u join " + RUNNING
                + " b on b.user_id = u.id where b.running >= coalesce(u.max_concurrent, ?2)) then 'OWNER_AT_LIMIT'"
                + " when d.api_key_id in (" + KEYS_AT_LIMIT + ") then 'KEY_AT_LIMIT' end from downloads d"
                + " where d.status = 'QUEUED' and d.id in (" + places(3, ids.size()) + ")")
                .setParameter(1, room).setParameter(2, capacity.perUser());
        int place = 3;
        for (UUID id : ids) {
            query.setParameter(place++, id);
        }
        return rows(query).filter(row -> row[1] != null)
                .collect(Collectors.toMap(row -> id(row[0]), row -> HeldBack.Reason.valueOf(row[1].toString())));
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    /** As text, because Hibernate hands out H2's uuid as bytes. */
    private static UUID id(Object text) {
        return UUID.fromString(text.toString());
    }
}
