package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
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
}
