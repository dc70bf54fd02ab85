/**
 * Promises that this instance counts what it does, in one registry, and shows it as the same text on every server, with labels
 * that nobody outside can multiply. Owns no table. Any room above may import it, to count what is its own.
 */
package org.wallwhale.metrics;
