/**
 * Promises a program that looks, sounds and fails like DepotDownloader without ever talking to Steam, and says on its first
 * line that it is a sandbox. Owns no table; it runs as a process of its own, from a jar of its own, on the JDK alone. No room
 * may import it and it imports none.
 */
package org.wallwhale.sandbox;
