package org.wallwhale.store;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.UUID;

/** A step of the cleanup for who measures it: the statements that find the content whose time is over and remove its rows. */
public final class CleanupStep {
    private CleanupStep() {
    }

    /** The downloads that referred to it are the caller's. NoSuchElementException when there is none. */
    public static UUID find(EntityManager entities, Instant now) {
        return new ContentRepository(entities).findExpired(Instant.EPOCH, now).orElseThrow().id();
    }

    public static void remove(EntityManager entities, UUID content) {
        new ContentRepository(entities).remove(content);
    }
}
