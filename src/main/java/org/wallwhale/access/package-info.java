/**
 * Promises that nobody gets in where they do not belong: users, passwords, set-up, tokens of ours and of another issuer, API keys,
 * scopes and the one authentication mechanism. Owns the tables {@code users}, {@code user_lock}, {@code sessions} and
 * {@code api_keys}. Rooms from {@code quota} upwards import it, mostly for its {@code Caller}.
 */
package org.wallwhale.access;
