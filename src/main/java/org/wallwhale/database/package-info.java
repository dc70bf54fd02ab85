/**
 * Promises one data source that is H2 or PostgreSQL by configuration alone, its schema, its clock, and that a commit survives a
 * kill. Owns the table {@code claim_lock} and the view {@code database_clock}. Every room above it may import it.
 */
package org.wallwhale.database;
