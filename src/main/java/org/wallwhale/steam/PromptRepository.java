package org.wallwhale.steam;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code steam_prompts}. */
@ApplicationScoped
class PromptRepository {
    private EntityManager entities;

    PromptRepository() {
    }

    @Inject
    PromptRepository(EntityManager entities) {
        this.entities = entities;
    }

    void add(Prompt prompt) {
        entities.persist(prompt);
    }

    void remove(Prompt prompt) {
        entities.remove(prompt);
    }

    Optional<Prompt> findLocked(UUID subject) {
        return Optional.ofNullable(entities.find(Prompt.class, subject, LockModeType.PESSIMISTIC_WRITE));
    }

    List<Prompt> of(Collection<UUID> subjects) {
        return subjects.isEmpty() ? List.of() : entities.createQuery("select p from Prompt p where p.subjectId in :subjects", Prompt.class)
                .setParameter("subjects", subjects).getResultList();
    }

    List<Prompt> open(Instant now) {
        return entities.createQuery("select p from Prompt p where p.until > :now", Prompt.class).setParameter("now", now).getResultList();
    }

    void dropBefore(Instant time) {
        entities.createQuery("delete from Prompt p where p.until < :time").setParameter("time", time).executeUpdate();
    }
}
