package org.wallwhale.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Hands the server's transaction-scoped entity manager to the repositories, so that tests can hand them another. */
@ApplicationScoped
public class Persistence {
    @Produces
    @PersistenceContext
    private EntityManager entities;
}
