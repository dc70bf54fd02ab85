/**
 * Promises that nobody gets in where they do not belong: users, passwords, tokens of ours and of another issuer, API keys, scopes and
 * the one authentication mechanism. Owns the tables {@code users}, {@code sessions} and {@code api_keys}. Rooms from {@code steam} upwards import it, mostly for its
 * {@code Caller}.
 */
package org.wallwhale.access;
