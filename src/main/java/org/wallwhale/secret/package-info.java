/**
 * Promises that a secret value is never printed by accident. Owns no table. Every room may import it; it imports nothing.
 */
package org.wallwhale.secret;
