/**
 * Promises that a secret value is never printed by accident, and that one which is stored can be read only with a key that is not in
 * the database, and only in the place it was stored for. Owns no table. Every room may import it; it imports nothing.
 */
package org.wallwhale.secret;
