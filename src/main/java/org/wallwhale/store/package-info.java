/**
 * Promises that finished content lies once per (source, app, item, version) and is served as files and as a zip that is only
 * a view of them. Owns the tables {@code contents} and {@code content_files}. {@code live}, {@code share}, {@code worker} and
 * {@code admin} above it may import it.
 */
package org.wallwhale.store;
