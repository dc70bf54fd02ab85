package org.wallwhale.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    Stored stored() {
        Object[] found = (Object[]) entities.createNativeQuery("select coalesce(sum(size_bytes), 0), count(*) from contents").getSingleResult();
        // EclipseLink makes the sum a BigDecimal where Hibernate makes it a Long
        return new Stored(((Number) found[0]).longValue(), ((Number) found[1]).longValue());
    }

    record Stored(long bytes, long contents) {
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
                .setParameter("item", key.pubfileId()).setParameter("version", key.version()).getResultList().stream().findFirst();
    }

    /** The row, locked until the transaction ends. */
    Optional<Content> lock(ContentKey key) {
        // the id alone: an entity that was read before it is locked stays as it was read
        return entities.createQuery("""
                select c.id from Content c where c.source = :source and c.appId = :app and c.pubfileId = :item and c.version = :version""",
                UUID.class).setParameter("source", key.source()).setParameter("app", key.appId())
                .setParameter("item", key.pubfileId()).setParameter("version", key.version()).getResultStream().findFirst()
                .map(id -> entities.find(Content.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    List<ContentFile> files(UUID contentId) {
        return entities.createQuery("select f from StoredFile f where f.contentId = :id order by f.position", StoredFile.class)
                .setParameter("id", contentId).getResultList().stream().map(StoredFile::file).toList();
    }

    /** Those that are still there, by id. */
    Map<UUID, Content> find(Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : entities.createQuery("select c from Content c where c.id in :ids", Content.class)
                .setParameter("ids", ids).getResultStream().collect(Collectors.toMap(Content::id, Function.identity()));
    }

    /** By the content's id. */
    Map<UUID, List<ContentFile>> files(Collection<UUID> contentIds) {
        return contentIds.isEmpty() ? Map.of() : entities.createQuery(
                "select f from StoredFile f where f.contentId in :ids order by f.contentId, f.position", StoredFile.class)
                .setParameter("ids", contentIds).getResultStream()
                .collect(Collectors.groupingBy(StoredFile::contentId, Collectors.mapping(StoredFile::file, Collectors.toList())));
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

    /**
     * The oldest content from {@code since} on that no finished download keeps any longer. Not by {@code exists}, for which PostgreSQL
     * reads all downloads before it looks at the first content.
     */
    Optional<Content> findExpired(Instant since, Instant now) {
        List<?> found = entities.createNativeQuery("""
                select cast(c.id as varchar) from contents c where c.created_at >= ?1 and (select 1 from downloads d
                    where d.content_id = c.id and (d.expires_at is null or d.expires_at > ?2) limit 1) is null
                order by c.created_at limit 1""")
                .setParameter(1, since.atOffset(ZoneOffset.UTC)).setParameter(2, now.atOffset(ZoneOffset.UTC)).getResultList();
        return found.stream().findFirst().flatMap(id -> find(UUID.fromString(id.toString())));
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
