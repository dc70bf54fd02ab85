/**
 * Promises that each line which this application logs tells whose request or which download it belongs to, as text in the server's own
 * log or as JSON for a collector, on every server. Owns no table. Everything that begins work of its own says so here.
 */
package org.wallwhale.log;
