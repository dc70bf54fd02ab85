/**
 * The heart: promises that an accepted download is kept until it ends in exactly one of success, failed or canceled, and that
 * only the holder of its newest claim can move it. Owns the tables {@code downloads}, {@code attempts} and {@code log_lines}.
 * Imported by {@code store} and the rooms above it; the worker uses {@code ClaimService} only.
 */
package org.wallwhale.download;
