/**
 * Promises one data source that is H2 or PostgreSQL by configuration alone, its schema, its clock, that a commit survives a
 * kill, and that the data folder's keys are the ones its rows were made with. Owns the tables {@code claim_lock} and
 * {@code key_fingerprints} and the view {@code database_clock}. Every room above it may import it.
 */
package org.wallwhale.database;
