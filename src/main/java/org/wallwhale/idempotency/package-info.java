/**
 * Promises that a call which is sent again with the same Idempotency-Key has one effect and gets the first answer. Owns the table
 * {@code idempotency_keys}. Resources of {@code access} and the rooms above it import it.
 */
package org.wallwhale.idempotency;
