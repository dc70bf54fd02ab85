/**
 * Promises that every running server has a name, that each of its lives can be told apart, and that all of them know of each other.
 * Owns the table {@code instances}. Rooms above it import it.
 */
package org.wallwhale.cluster;
