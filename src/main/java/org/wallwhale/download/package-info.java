/**
 * The heart: promises that an accepted download is kept until it ends in exactly one of success, failed or canceled, that only the
 * holder of its newest claim can move it, and that nobody keeps more content than their quota says. Owns the tables
 * {@code downloads}, {@code seat_refusals}, {@code attempts}, {@code log_lines}, {@code batches} and {@code batch_lines}. Imported by
 * {@code store} and the rooms above it; the worker uses {@code ClaimService}, {@code CollectionService}, {@code SeatingService} and
 * {@code StorageService} only.
 */
package org.wallwhale.download;
