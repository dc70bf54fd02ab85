/**
 * Promises that a Steam account's secrets lie sealed in the database and go nowhere but into the child that logs in, that one
 * process at a time uses its HOME, and that no account and no outgoing address logs in more often than it may. Owns the tables
 * {@code steam_accounts}, {@code steam_logins}, {@code steam_addresses}, {@code steam_apps} and {@code steam_prompts}. Imported by
 * {@code download} and the rooms above it; the claim reads its tables.
 */
package org.wallwhale.steam;
