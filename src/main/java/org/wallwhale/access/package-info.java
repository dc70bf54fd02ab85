/**
 * Promises that nobody gets in where they do not belong: users, passwords, tokens, API keys, scopes and the one authentication
 * mechanism. Owns the tables {@code users} and {@code api_keys}. Rooms from {@code download} upwards import it, mostly for
 * its {@code Caller}.
 */
package org.wallwhale.access;
