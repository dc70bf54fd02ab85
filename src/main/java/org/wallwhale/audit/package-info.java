/**
 * Promises that every change and every refusal is on record before it counts, that the record cannot be changed unnoticed, and
 * that it holds no secret. Owns the tables {@code audit_entries} and {@code audit_chain}. Rooms from {@code access} upwards
 * write to it; {@code admin} shows it.
 */
package org.wallwhale.audit;
