/**
 * Promises one vocabulary for everything that can go wrong towards a caller. Owns no table. Every room may import it; it
 * imports nothing.
 */
package org.wallwhale.problem;
