package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the rows of {@code downloads} say of the content that users keep. Content is one and the same by source, app, item and
 * version; so much is known of a run before its content has a row.
 */
@ApplicationScoped
class StorageRepository {
    private static final String KEPT = "d.status = 'SUCCESS' and d.content_id is not null";
    private EntityManager entities;

    StorageRepository() {
    }

    @Inject
    StorageRepository(EntityManager entities) {
        this.entities = entities;
    }

    /** Bytes of the distinct contents that the user's finished downloads refer to. */
    long kept(UUID userId) {
        return number(entities.createNativeQuery(sum(KEPT)).setParameter(1, userId).getSingleResult());
    }

    /** The same with what is set aside for the user's runs, except for {@code run} itself. */
    long keptOrReserved(UUID userId, UUID run) {
        return number(entities.createNativeQuery(sum("(" + KEPT + " or d.status = 'RUNNING' and d.bytes_total is not null and d.id <> ?2)"))
                .setParameter(1, userId).setParameter(2, run).getSingleResult());
    }

    private static String sum(String which) {
        return "select coalesce(sum(x.bytes), 0) from (select max(d.bytes_total) as bytes from downloads d where d.user_id = ?1 and "
                + which + " group by d.source, d.app_id, d.pubfile_id, d.version) x";
    }

    /** The size of the claimed item's content that its owner keeps already; the largest where no version is named, 0 for none. */
    long keptOf(Claim claim, Optional<String> version) {
        return number(entities.createNativeQuery("select coalesce(max(d.bytes_total), 0) from downloads d where d.user_id = ?1 and " + KEPT
                + " and d.source = ?2 and d.app_id = ?3 and d.pubfile_id = ?4 and d.version = coalesce(?5, d.version)")
                .setParameter(1, claim.userId()).setParameter(2, claim.source().name()).setParameter(3, claim.appId())
                .setParameter(4, claim.pubfileId()).setParameter(5, version.orElse(null)).getSingleResult());
    }

    /** Empty for the server's default. */
    Optional<Long> quota(UUID userId) {
        List<?> found = entities.createNativeQuery("select u.storage_quota_bytes from users u where u.id = ?1 and u.storage_quota_bytes is not null")
                .setParameter(1, userId).getResultList();
        return found.stream().findFirst().map(StorageRepository::number);
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
