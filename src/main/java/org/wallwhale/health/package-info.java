/**
 * Promises that this instance says by itself whether it lives, can work and is well, in one shape on every server, and to its operator
 * what to do about each trouble. Owns no table. Only {@code server} imports it, to tell where the start and the stop are.
 */
package org.wallwhale.health;
