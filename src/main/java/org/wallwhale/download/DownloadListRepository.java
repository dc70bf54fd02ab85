package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wallwhale.access.Caller;

/** Pages through the table {@code downloads}. */
@ApplicationScoped
class DownloadListRepository {
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
        String direction = query.newestFirst() ? " desc" : "";
        if (query.after().isPresent()) {
            String beyond = query.newestFirst() ? "<" : ">";
            // not only by or, because no database would begin at the time: each page would read all pages before it
            where += " and d.times.createdAt " + beyond + "= :time and (d.times.createdAt " + beyond + " :time or d.id " + beyond + " :id)";
            values.put("time", query.after().get().createdAt());
            values.put("id", query.after().get().id());
        }
        TypedQuery<Download> page = entities.createQuery("select d from Download d" + where
                + " order by d.times.createdAt" + direction + ", d.id" + direction, Download.class);
        values.forEach(page::setParameter);
        return page.setFirstResult(query.offset()).setMaxResults(query.limit() + 1).getResultList();
    }

    /** Running ones, and then queued ones as far as there is room; of both the newest first. */
    List<Download> live(UUID owner, int limit) {
        List<Download> live = new ArrayList<>(of(owner, Status.RUNNING, limit));
        if (live.size() < limit) {
            live.addAll(of(owner, Status.QUEUED, limit - live.size()));
        }
        return live;
    }

    private List<Download> of(UUID owner, Status status, int limit) {
        return entities.createQuery("""
                select d from Download d where d.wish.userId = :owner and d.status = :status and d.parentId is null order by d.times.createdAt desc, d.id""", Download.class)
                .setParameter("owner", owner).setParameter("status", status).setMaxResults(limit).getResultList();
    }

    /** Finished ones, the newest end first. */
    List<Download> finished(UUID owner, int limit) {
        return entities.createQuery("""
                select d from Download d where d.wish.userId = :owner and d.times.completedAt is not null and d.parentId is null
                order by d.times.completedAt desc, d.id""", Download.class).setParameter("owner", owner).setMaxResults(limit).getResultList();
    }

    List<Download> find(UUID owner, Collection<UUID> ids) {
        return entities.createQuery("select d from Download d where d.wish.userId = :owner and d.id in :ids", Download.class)
                .setParameter("owner", owner).setParameter("ids", ids).getResultList();
    }

    /** Of everybody; {@code most} where it is more. */
    long count(Status status, int most) {
        return ((Number) entities.createNativeQuery("select count(*) from (select 1 as one from downloads where status = ?1 limit " + most
                + ") as counted").setParameter(1, status.name()).getSingleResult()).longValue();
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
        if (query.partsOf().isPresent()) {
            where.append("d.parentId = :collection");
            values.put("collection", query.partsOf().get());
        } else {
            where.append("d.wish.userId = :owner and d.parentId is null");
            values.put("owner", caller.userId());
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
