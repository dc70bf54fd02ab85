/**
 * Promises one place that says in which order the server starts and stops. Owns no table. It imports every room, and no room
 * imports it.
 */
package org.wallwhale.server;
