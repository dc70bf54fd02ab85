/**
 * Promises that every running server has a name and that each of its lives can be told apart. Owns no table yet. Only
 * {@code worker}, {@code health} and {@code server} import it.
 */
package org.wallwhale.cluster;
