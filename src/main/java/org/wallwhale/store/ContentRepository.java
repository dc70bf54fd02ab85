package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.problem.Problem;

/** The tables {@code contents} and {@code content_files}. */
@ApplicationScoped
class ContentRepository {
    private EntityManager entities;

    ContentRepository() {
    }

    @Inject
    ContentRepository(EntityManager entities) {
        this.entities = entities;
    }

    void add(Content content, List<ContentFile> files) {
        entities.persist(content);
        addFiles(content.id(), files);
    }

    /** Lets the content lie in the arrival's folder from now on. Clears the persistence context. */
    void relocate(UUID contentId, Arrival arrival) {
        entities.createQuery("delete from StoredFile f where f.contentId = :id").setParameter("id", contentId).executeUpdate();
        entities.clear();
        get(contentId).relocate(arrival);
        addFiles(contentId, arrival.files());
    }

    private void addFiles(UUID contentId, List<ContentFile> files) {
        int position = 0;
        for (ContentFile file : files) {
            entities.persist(new StoredFile(contentId, position++, file));
        }
    }

    Optional<Content> find(UUID id) {
        return Optional.ofNullable(entities.find(Content.class, id));
    }

    /** GONE when it was cleaned away meanwhile. */
    Content get(UUID id) {
        return find(id).orElseThrow(() -> Problem.GONE.because("The content of this download was cleaned away; retry the download to have it fetched again."));
    }

    Optional<Content> find(ContentKey key) {
        return entities.createQuery("""
                select c from Content c where c.source = :source and c.appId = :app and c.pubfileId = :item and c.version = :version""",
                Content.class).setParameter("source", key.source()).setParameter("app", key.appId())
                .setParameter("item", key.pubfileId()).setParameter("version", key.version()).getResultStream().findFirst();
    }

    /** The row, locked until the transaction ends. */
    Optional<Content> lock(ContentKey key) {
        return find(key).map(content -> entities.find(Content.class, content.id(), LockModeType.PESSIMISTIC_WRITE));
    }

    List<ContentFile> files(UUID contentId) {
        return entities.createQuery("select f from StoredFile f where f.contentId = :id order by f.position", StoredFile.class)
                .setParameter("id", contentId).getResultStream().map(StoredFile::file).toList();
    }

    /** No index has the path: one of PostgreSQL refuses paths beyond 2,700 bytes, and the primary key leads to this content's rows. */
    Optional<ContentFile> file(UUID contentId, String path) {
        return entities.createQuery("select f from StoredFile f where f.contentId = :id and f.path = :path", StoredFile.class)
                .setParameter("id", contentId).setParameter("path", path).getResultStream().findFirst().map(StoredFile::file);
    }

    boolean hasFolder(String folder) {
        return entities.createQuery("select count(c) from Content c where c.folder = :folder", Long.class)
                .setParameter("folder", folder).getSingleResult() > 0;
    }

    /** Content that no finished download keeps any longer, oldest first. */
    List<Content> findExpired(Instant now, int limit) {
        return entities.createQuery("""
                select c from Content c where not exists (
                    select d from Download d where d.contentId = c.id and (d.expiresAt is null or d.expiresAt > :now))
                order by c.createdAt""", Content.class)
                .setParameter("now", now).setMaxResults(limit).getResultList();
    }

    Optional<Content> findOldest() {
        return entities.createQuery("select c from Content c order by c.createdAt", Content.class).setMaxResults(1)
                .getResultStream().findFirst();
    }

    /** Removes the rows, if another instance did not do so meanwhile. No download may refer to them any longer. */
    void remove(UUID id) {
        entities.createQuery("delete from StoredFile f where f.contentId = :id").setParameter("id", id).executeUpdate();
        entities.createQuery("delete from Content c where c.id = :id").setParameter("id", id).executeUpdate();
    }
}
