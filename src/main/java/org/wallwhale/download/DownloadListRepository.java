package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wallwhale.access.Caller;

/** Pages through the table {@code downloads}. */
@ApplicationScoped
class DownloadListRepository {
    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");
    private EntityManager entities;

    DownloadListRepository() {
    }

    @Inject
    DownloadListRepository(EntityManager entities) {
        this.entities = entities;
    }

    /** One row more than asked for, so that the caller sees whether there is a next page. */
    List<Download> page(Caller caller, DownloadQuery query) {
        Map<String, Object> values = new HashMap<>();
        String where = where(caller, query, values);
        if (query.after().isPresent()) {
            String beyond = query.newestFirst() ? "<" : ">";
            // not only by or, because no database would begin at the time: each page would read all pages before it
            where += " and d.times.createdAt " + beyond + "= :time and (d.times.createdAt " + beyond + " :time or d.id " + beyond + " :id)";
            values.put("time", query.after().get().createdAt());
            values.put("id", query.after().get().id());
        }
        if (isOfAll(query) && query.newestFirst() && query.after().isEmpty()) {
            // H2 takes another index than the one that has the order, unless a second column of it is asked for
            where += " and d.times.createdAt <= :ever";
            values.put("ever", EVER);
        }
        TypedQuery<Download> page = entities.createQuery("select d from Download d" + where + " order by " + order(query), Download.class);
        values.forEach(page::setParameter);
        return page.setFirstResult(query.offset()).setMaxResults(query.limit() + 1).getResultList();
    }

    /** Of everybody's the whole index, forwards or backwards: neither database reads along it otherwise, though its first columns are the same in all. */
    private static String order(DownloadQuery query) {
        String direction = query.newestFirst() ? " desc" : "";
        String same = query.newestFirst() ? ", " : " desc, ";
        return (isOfAll(query) ? "d.parentId" + same + (query.statuses().size() == 1 ? "d.status" + same : "") : "")
                + "d.times.createdAt" + direction + ", d.id" + direction;
    }

    private static boolean isOfAll(DownloadQuery query) {
        return query.whose() instanceof DownloadQuery.Whose.Everybodys everybodys && everybodys.userId().isEmpty();
    }

    /** Running ones, and then queued ones as far as there is room; of both the newest first. Of everybody where there is no owner. */
    List<Download> live(Optional<UUID> owner, int limit) {
        List<Download> live = new ArrayList<>(of(owner, Status.RUNNING, limit));
        if (live.size() < limit) {
            live.addAll(of(owner, Status.QUEUED, limit - live.size()));
        }
        return live;
    }

    private List<Download> of(Optional<UUID> owner, Status status, int limit) {
        return select(owner, "d.status = :status and d.parentId is null order by "
                + (owner.isPresent() ? "d.times.createdAt desc, d.id" : "d.parentId, d.status, d.times.createdAt desc, d.id desc"))
                .setParameter("status", status).setMaxResults(limit).getResultList();
    }

    /** Finished ones, the newest end first. */
    List<Download> finished(Optional<UUID> owner, int limit) {
        return select(owner, "d.times.completedAt is not null and d.parentId is null order by d.times.completedAt desc, d.id")
                .setMaxResults(limit).getResultList();
    }

    /** Of the owner with the parts of collections; of everybody without. */
    List<Download> find(Optional<UUID> owner, Collection<UUID> ids) {
        return select(owner, "d.id in :ids" + (owner.isPresent() ? "" : " and d.parentId is null")).setParameter("ids", ids).getResultList();
    }

    private TypedQuery<Download> select(Optional<UUID> owner, String where) {
        TypedQuery<Download> query = entities.createQuery("select d from Download d where " + (owner.isPresent() ? "d.wish.userId = :owner and " : "")
                + where, Download.class);
        owner.ifPresent(id -> query.setParameter("owner", id));
        return query;
    }

    /** Of everybody; {@code most} where it is more. */
    long count(Status status, int most) {
        return ((Number) entities.createNativeQuery("select count(*) from (select 1 as one from downloads where status = ?1 limit " + most
                + ") as counted").setParameter(1, status.name()).getSingleResult()).longValue();
    }

    /** Without the parts of collections; of the owner, or of everybody where there is none. Each number is {@code most} where it is more. */
    DownloadCounts counts(Optional<UUID> owner, boolean sandboxOnly, int most) {
        String of = "(select count(*) from (select 1 as one from downloads where parent_id is null" + (owner.isPresent() ? " and user_id = ?1" : "")
                + (sandboxOnly ? " and source = 'SANDBOX'" : "") + "%s limit " + most + ") as counted)";
        Query counts = entities.createNativeQuery(Stream.of("", " and status = 'QUEUED'", " and status = 'RUNNING'",
                " and status = 'RUNNING' and phase = 'NEEDS_INPUT'", " and status = 'SUCCESS'", " and status = 'FAILED'",
                " and status = 'CANCELED'").map(of::formatted).collect(Collectors.joining(", ", "select ", "")));
        owner.ifPresent(id -> counts.setParameter(1, id));
        long[] found = Stream.of((Object[]) counts.getSingleResult()).mapToLong(number -> ((Number) number).longValue()).toArray();
        return new DownloadCounts(found[0], found[1], found[2], found[3], found[4], found[5], found[6]);
    }

    /** Of everybody, as the claim goes through them within an owner's. */
    List<Download> queued(int most) {
        return entities.createQuery("""
                select d from Download d where d.status = :status order by d.wish.priority desc, d.times.createdAt, d.id""", Download.class)
                .setParameter("status", Status.QUEUED).setMaxResults(most).getResultList();
    }

    /** How many match, {@code most} at most: to count millions would take longer than to list them. */
    long count(Caller caller, DownloadQuery query, int most) {
        Map<String, Object> values = new HashMap<>();
        String where = where(caller, query, values);
        TypedQuery<UUID> matching = entities.createQuery("select d.id from Download d" + where, UUID.class);
        values.forEach(matching::setParameter);
        return matching.setMaxResults(most).getResultList().size();
    }

    private static String where(Caller caller, DownloadQuery query, Map<String, Object> values) {
        StringBuilder where = new StringBuilder(" where ");
        if (query.whose() instanceof DownloadQuery.Whose.PartsOf parts) {
            where.append("d.parentId = :collection");
            values.put("collection", parts.collectionId());
        } else {
            where.append("d.parentId is null");
            (query.whose() instanceof DownloadQuery.Whose.Everybodys everybodys ? everybodys.userId() : Optional.of(caller.userId()))
                    .ifPresent(owner -> {
                        where.append(" and d.wish.userId = :owner");
                        values.put("owner", owner);
                    });
        }
        if (query.needsInput()) {
            where.append(" and d.status = :running and d.phase = :phase");
            values.put("running", Status.RUNNING);
            values.put("phase", Phase.NEEDS_INPUT);
        }
        if (caller.sandboxOnly()) {
            where.append(" and d.wish.source = :source");
            values.put("source", Source.SANDBOX);
        }
        if (!query.statuses().isEmpty()) {
            where.append(" and d.status in :statuses");
            values.put("statuses", query.statuses());
        }
        query.pubfileId().ifPresent(id -> {
            where.append(" and d.wish.pubfileId = :item");
            values.put("item", id);
        });
        query.text().ifPresent(text -> {
            where.append(" and (d.wish.pubfileId like :text escape '!' or lower(d.description.title) like lower(:text) escape '!')");
            values.put("text", "%" + text.replaceAll("([!%_])", "!$1") + "%");
        });
        return where.toString();
    }
}
