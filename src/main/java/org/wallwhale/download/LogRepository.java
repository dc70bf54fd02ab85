package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The tables {@code log_lines} and {@code attempts}, for reading and appending. */
@ApplicationScoped
class LogRepository {
    private static final List<String> ENDS = Stream.of(Status.values()).filter(Status::isFinished).map(Status::name).toList();
    private EntityManager entities;

    LogRepository() {
    }

    @Inject
    LogRepository(EntityManager entities) {
        this.entities = entities;
    }

    /** Appends under the download's lock, so that the numbers of one download have no gap and no twin. */
    void append(Download download, String kind, List<String> texts, Instant now) {
        long seq = download.takeLogNumbers(texts.size());
        for (String text : texts) {
            entities.persist(new LogLine(download, seq++, kind, text, now));
        }
    }

    /** At most {@code limit} lines after number {@code after}, in order. */
    List<LogLine> after(UUID downloadId, long after, int limit) {
        // ordered by the whole key: H2 reads along the index only then, and sorts all the rest of the log otherwise
        return entities.createQuery("""
                select l from LogLine l where l.downloadId = :id and l.seq > :after
                order by l.downloadId, l.seq""", LogLine.class)
                .setParameter("id", downloadId).setParameter("after", after).setMaxResults(limit).getResultList();
    }

    /** The number of the newest entry before {@code before} that ended the download; 0 when there is none. */
    long lastEnd(UUID downloadId, long before) {
        Long found = entities.createQuery("""
                select max(l.seq) from LogLine l
                where l.downloadId = :id and l.kind = :state and l.text in :ends and l.seq < :before""", Long.class)
                .setParameter("id", downloadId).setParameter("state", LogLine.STATE).setParameter("ends", ENDS)
                .setParameter("before", before).getSingleResult();
        return found == null ? 0 : found;
    }

    /** All runs, oldest first. */
    List<Attempt> attempts(UUID downloadId) {
        return entities.createQuery("select a from Attempt a where a.downloadId = :id order by a.number", Attempt.class)
                .setParameter("id", downloadId).getResultList();
    }

    /** The newest runs, {@code most} at most, oldest first. */
    List<Attempt> attempts(UUID downloadId, int most) {
        List<Attempt> newest = new ArrayList<>(entities.createQuery("select a from Attempt a where a.downloadId = :id order by a.number desc", Attempt.class)
                .setParameter("id", downloadId).setMaxResults(most).getResultList());
        Collections.reverse(newest);
        return newest;
    }

    void removeAll(UUID downloadId) {
        entities.createQuery("delete from LogLine l where l.downloadId = :id").setParameter("id", downloadId).executeUpdate();
        entities.createQuery("delete from Attempt a where a.downloadId = :id").setParameter("id", downloadId).executeUpdate();
    }
}
