package org.wallwhale.database;

import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.sessions.Session;

/**
 * Keeps EclipseLink from asking a database that is away again and again, with five seconds between, while a client waits: the pool
 * checks a connection before it hands it out, and those who can wait try again by themselves. Other providers never load it.
 */
public class NoSecondTry implements SessionCustomizer {
    @Override
    public void customize(Session session) {
        session.getLogin().setQueryRetryAttemptCount(0);
    }
}
