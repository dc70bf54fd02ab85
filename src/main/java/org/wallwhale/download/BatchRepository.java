package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.access.Caller;
import org.wallwhale.problem.Problem;

/** The tables {@code batches} and {@code batch_lines}. */
@ApplicationScoped
class BatchRepository {
    private EntityManager entities;

    BatchRepository() {
    }

    @Inject
    BatchRepository(EntityManager entities) {
        this.entities = entities;
    }

    /** At once, so that its lines can name it. */
    void add(Batch batch) {
        entities.persist(batch);
        entities.flush();
    }

    /** After the download that it names. */
    void add(BatchLine line) {
        entities.flush();
        entities.persist(line);
    }

    /** NOT_FOUND for an unknown id and for a batch that the caller may not see alike. */
    Batch getVisible(UUID id, Caller caller) {
        return Optional.ofNullable(entities.find(Batch.class, id)).filter(batch -> batch.isVisibleTo(caller))
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no batch with this id."));
    }

    /** Of the caller's own those that this one may see, the newest first. */
    List<Batch> page(Caller caller, int limit, int offset) {
        return own("b", " order by b.createdAt desc, b.id desc", Batch.class, caller).setFirstResult(offset).setMaxResults(limit).getResultList();
    }

    /** Of the same. */
    long count(Caller caller) {
        return own("count(b)", "", Long.class, caller).getSingleResult();
    }

    private <T> TypedQuery<T> own(String what, String order, Class<T> type, Caller caller) {
        return entities.createQuery("select " + what + " from Batch b where b.userId = :owner and b.source in :sources" + order, type)
                .setParameter("owner", caller.userId())
                .setParameter("sources", caller.sandboxOnly() ? List.of(Source.SANDBOX) : List.of(Source.values()));
    }

    /** Of each batch and status how many lines there are, and how many downloads they name. */
    List<LineCount> countLines(Collection<UUID> batchIds) {
        return batchIds.isEmpty() ? List.of() : entities.createQuery("""
                select l.batchId, d.status, count(l.result), count(distinct d.id)
                from BatchLine l left join Download d on d.id = l.downloadId where l.batchId in :ids group by l.batchId, d.status""", Object[].class)
                .setParameter("ids", batchIds).getResultStream().map(row -> new LineCount((UUID) row[0], (Status) row[1],
                        ((Number) row[2]).intValue(), ((Number) row[3]).intValue())).toList();
    }

    /**
     * Lines of a batch whose downloads have one status.
     *
     * @param status null for lines that were refused, or whose download was deleted
     */
    record LineCount(UUID batchId, Status status, int lines, int downloads) {
    }

    List<BatchLine> lines(UUID batchId) {
        return entities.createQuery("select l from BatchLine l where l.batchId = :id order by l.position", BatchLine.class)
                .setParameter("id", batchId).getResultList();
    }

    /** Those that are still there. */
    List<Download> downloads(UUID batchId) {
        return entities.createQuery("""
                select d from Download d where d.id in (select l.downloadId from BatchLine l where l.batchId = :id)""", Download.class)
                .setParameter("id", batchId).getResultList();
    }

    /** The oldest of those before {@code time} of whose downloads none is live or has content, with their lines; how many there were. */
    int removeOld(Instant time, int most) {
        return entities.createNativeQuery("""
                delete from batches where id in (select b.id from batches b where b.created_at < ?1 and not exists (
                    select 1 from batch_lines l join downloads d on d.id = l.download_id where l.batch_id = b.id
                        and (d.status in ('QUEUED', 'RUNNING') or d.content_id is not null or d.kind = 'COLLECTION' and exists (
                            select 1 from downloads p where p.parent_id = d.id and p.content_id is not null)))
                    order by b.created_at limit ?2)""")
                .setParameter(1, time.atOffset(ZoneOffset.UTC)).setParameter(2, most).executeUpdate();
    }
}
