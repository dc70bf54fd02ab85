/**
 * Promises that a server says by itself whether it can work. Owns no table. No room imports it.
 */
package org.wallwhale.health;
