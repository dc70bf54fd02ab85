/**
 * Promises that every running server has a name and that each of its lives can be told apart. Owns no table yet. Rooms from
 * {@code steam} upwards import it.
 */
package org.wallwhale.cluster;
